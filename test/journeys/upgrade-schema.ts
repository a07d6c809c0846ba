// The stores as a next version of the app might have them, put in place of src/vault/database-schema.ts when its build is made. Its upgrade
// takes away the roots, writes a row for every object, and puts the roots back: any state between would be seen at once.
import { schemaVersions as released, type SchemaVersion } from '../../src/vault/database-schema';

export const schemaVersions: readonly SchemaVersion[] = [
  ...released,
  {
    number: 3,
    stores: { marks: '' },
    async upgrade(transaction) {
      const [roots, objects, marks] = [transaction.table('roots'), transaction.table('objects'), transaction.table('marks')];
      const keys = await roots.toCollection().primaryKeys();
      const values = await roots.bulkGet(keys);
      await roots.clear();
      for (const id of await objects.toCollection().primaryKeys()) await marks.put(true, id);
      await roots.bulkPut(values, keys);
    },
  },
];
