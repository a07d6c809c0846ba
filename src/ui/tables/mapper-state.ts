// The columns under choice: what the worker makes of each change, the newest only.

import { type Accessor, createSignal } from 'solid-js';
import {
  type ColumnRole,
  isSameTable,
  mappingsSetting,
  readMapping,
  readMappings,
  rememberMapping,
  type TableDraft,
  type TableMapping,
} from '../../model/table-mapping';
import type { TablePreview, TableReading } from '../../model/view';
import { createLatest } from '../latest';
import type { Ui } from '../ui';

export interface MapperState {
  /** Undefined until the table was opened; the former one while another is worked out. */
  readonly preview: Accessor<TablePreview | undefined>;
  readonly busy: Accessor<boolean>;
  /** The columns as they are read. */
  readonly reading: Accessor<TableReading | undefined>;
  /** True where these columns are remembered already. */
  isRemembered(): boolean;
  setRole(role: ColumnRole, column: string | null): void;
  setTime(change: Partial<TableMapping['time']>): void;
  setKind(value: string, kind: TableMapping['kinds'][number][1]): void;
  setReading(reading: TableReading): void;
  /** Takes the mapping of a file; gives the words for what is wrong with it, or null. */
  load(text: string): 'table.loadWrong' | 'table.loadOther' | null;
  /** Makes the table an archive of the plan; true once it is. `remember`: for the next file with these columns, or no longer. */
  use(remember: boolean): Promise<boolean>;
}

export function createMapperState({ imports, settings, changeSetting, toasts }: Ui, fileId: string): MapperState {
  const [preview, setPreview] = createSignal<TablePreview>();
  const [busy, setBusy] = createSignal(false);
  const takeTurn = createLatest();
  const ask = async (draft: TableDraft | null): Promise<void> => {
    const turn = takeTurn();
    setBusy(true);
    try {
      const answer = await imports.job()?.previewTable(fileId, draft);
      if (turn.isLatest() && answer !== undefined) setPreview(answer);
    } catch (cause) {
      if (turn.isLatest()) toasts.fail(cause);
    } finally {
      if (turn.isLatest()) setBusy(false);
    }
  };
  let asked = ask(null);
  /** After what is still worked out, so that of two changes soon after each other the second knows of the first. */
  const change = (by: (mapping: TableMapping) => TableDraft): void => {
    if (preview() === undefined) return;
    setBusy(true);
    asked = asked.then(async () => {
      const now = preview();
      if (now !== undefined) await ask(by(now.mapping));
    });
  };
  return {
    preview,
    busy,
    reading: () => findReading(preview(), preview()?.mapping),
    isRemembered: () => {
      const mapping = preview()?.mapping;
      return mapping !== undefined && readMappings(settings()[mappingsSetting]).some((known) => isSameTable(known, mapping));
    },
    setRole: (role, column) => change((mapping) => withRole(mapping, role, column)),
    setTime: (time) => change((mapping) => ({ ...mapping, time: { ...mapping.time, ...time } })),
    setKind: (value, kind) =>
      change((mapping) => ({ ...mapping, kinds: [...mapping.kinds.filter(([known]) => known !== value), [value, kind]] })),
    setReading: (reading) => void (asked = ask(draftOf(reading))),
    load(text) {
      const loaded = readMapping(text);
      if (loaded === null) return 'table.loadWrong';
      const columns = findReading(preview(), loaded)?.columns.map(({ name }) => name) ?? [];
      if (!columns.includes(loaded.roles.time ?? '')) return 'table.loadOther';
      const roles = Object.fromEntries(Object.entries(loaded.roles).filter(([, column]) => columns.includes(column)));
      asked = ask({ ...loaded, columns, roles });
      return null;
    },
    async use(remember) {
      const mapping = preview()?.mapping;
      if (mapping === undefined) return false;
      const error = await imports.amend((job, choices, report) => job.mapTable(fileId, mapping, choices, report));
      if (error !== null) toasts.fail(error);
      else changeSetting(mappingsSetting, rememberMapping(settings()[mappingsSetting], mapping, !remember));
      return error === null;
    },
  };
}

/** What hangs on a column is guessed anew when another takes its place. */
function withRole(mapping: TableMapping, role: ColumnRole, column: string | null): TableDraft {
  const { time, kinds, namesOtherSide: _, ...draft } = mapping;
  const roles = Object.fromEntries([
    ...Object.entries(mapping.roles).filter(([each]) => each !== role),
    ...(column === null ? [] : [[role, column]]),
  ] as [string, string][]);
  const isTime = role === 'time' || role === 'clock';
  return { ...draft, roles, ...(isTime ? {} : { time }), ...(role === 'kind' ? {} : { kinds }) };
}

/** Nothing of it is chosen yet: all is guessed. */
function draftOf({ form, rows, hasHeader, columns }: TableReading): TableDraft {
  return { form, rows, hasHeader, columns: columns.map(({ name }) => name), roles: {} };
}

function findReading(
  preview: TablePreview | undefined,
  like: Pick<TableMapping, 'form' | 'rows' | 'hasHeader'> | undefined,
): TableReading | undefined {
  return preview?.readings.find(({ form, rows, hasHeader }) => form === like?.form && rows === like.rows && hasHeader === like.hasHeader);
}
