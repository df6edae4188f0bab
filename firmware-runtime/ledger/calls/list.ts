// Calls about the status list: its age, a download now, or an import from a file. A file is checked like an answer of
// the platform; a refused one changes nothing.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { ListView } from '#base/calls/list-views.ts'
import { act, change, none, read, reply, who } from '#base/calls/rows.ts'

export const listCalls = {
  'list.status': read('everyone', none, reply<ListView>(), { rest: 'command' }),
  'list.now': change('attendant', () => z.strictObject({ full: z.boolean() }), reply<ListView>()),
  /** A path on the machine on which the lanes run. */
  'list.take': act(
    'attendant',
    () => z.strictObject({ ...who, path: z.string().min(1).max(1024) }),
    reply<ListView>(),
    {
      words: t('读入状态名单', 'Status list taken in'),
      form: {
        reasons: 'list',
        title: t('用优盘导入', 'Import from a stick'),
        do: t('导入', 'Import'),
        fields: {
          path: {
            label: t(
              '名单文件(平台的应答,连同签名)',
              "List file (the platform's answer with its signature)",
            ),
            kind: 'file',
            as: 'list-file',
          },
        },
      },
    },
  ),
} as const
