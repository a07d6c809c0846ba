// Letting messages in between two steps of long work.

/** A message to oneself comes after those that wait already, and is not delayed as nested timers are. */
export function nextEvent(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
