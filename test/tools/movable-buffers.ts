// Node 20 has no `ArrayBuffer.prototype.transfer`, which browsers have: with it, whoever uses bytes that were given back finds none.
if (!('transfer' in ArrayBuffer.prototype))
  Object.defineProperty(ArrayBuffer.prototype, 'transfer', {
    value(this: ArrayBuffer): ArrayBuffer {
      structuredClone(null, { transfer: [this] });
      return new ArrayBuffer(0);
    },
  });
