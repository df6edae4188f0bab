// Where alarms go. A way hears of all lots, so only people who see all of them set it.
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Way } from '../../../alarm/due.ts'
import { mailServerShape, type MailServer } from '../../../alarm/mail.ts'
import { isWebhookAddress } from '../../../alarm/webhook.ts'
import { logAct } from '../../acts.ts'
import {
  known,
  mustSeeAll,
  mustHaveReason,
  noArguments,
  reasonText,
  type CallRows,
} from '../../call.ts'
import type { Transaction } from '../../in-lots.ts'
import type { AlarmsCalls, WayView } from './views.ts'

const wayId = z.string().regex(/^\d{1,18}$/)
const waysQuery = `SELECT w.way_id AS "wayId", w.kind, w.address, w.after_s AS "afterS",
  (SELECT json_build_object('atMs', extract(epoch FROM s.last_at) * 1000, 'why', s.why)
    FROM desk.alarm_told s WHERE s.way_id = w.way_id AND s.why <> 'sending'
    ORDER BY s.last_at DESC LIMIT 1) AS last
  FROM desk.alarm_way w WHERE removed_at IS NULL ORDER BY w.after_s, w.way_id`

async function mailOf(db: Transaction): Promise<MailServer | null> {
  const { rows } = await db.query<{ server: MailServer }>('SELECT server FROM desk.mail_server')
  return rows[0]?.server ?? null
}

const isAddress = (kind: Way['kind'], address: string): boolean =>
  kind === 'webhook' ? isWebhookAddress(address) : z.email().safeParse(address).success

export const alarmCalls: CallRows<AlarmsCalls> = {
  'alarms.list': {
    right: 'person',
    args: noArguments,
    answer: (_, asked) =>
      asked.run(async (db) => {
        mustSeeAll(asked.person)
        const { rows } = await db.query<WayView>(waysQuery)
        return { ways: rows, mail: await mailOf(db), hasPassword: asked.post.hasMailPassword() }
      }),
  },
  'alarms.addWay': {
    right: 'person',
    args: z.strictObject({
      kind: z.enum(['mail', 'webhook']),
      address: z.string().trim().max(500),
      afterS: z.number().int().min(0).max(86_400),
    }),
    answer: ({ kind, address, afterS }, asked) =>
      asked.run(async (db) => {
        mustSeeAll(asked.person)
        if (!isAddress(kind, address))
          throw new LaneFault('CENTRE-42', { field: 'address', value: address })
        const { rows } = await db.query<{ id: string }>(
          'INSERT INTO desk.alarm_way (kind, address, after_s) VALUES ($1, $2, $3) RETURNING way_id AS id',
          [kind, address, afterS],
        )
        const { id } = present(rows[0], 'the row that was inserted')
        await logAct(db, asked, { act: 'way.add', detail: { wayId: id, kind, address, afterS } })
        return { wayId: id, secret: kind === 'webhook' ? asked.post.newSecret(id) : null }
      }),
  },
  'alarms.removeWay': {
    right: 'person',
    args: z.strictObject({ wayId, reason: reasonText }),
    answer: ({ wayId: id, reason }, asked) =>
      asked.run(async (db) => {
        mustSeeAll(asked.person)
        mustHaveReason(reason)
        const { rows } = await db.query(
          'UPDATE desk.alarm_way SET removed_at = $2 WHERE way_id = $1 AND removed_at IS NULL RETURNING way_id',
          [id, new Date(asked.nowMs)],
        )
        known(rows[0], 'wayId', id)
        await logAct(db, asked, { act: 'way.remove', detail: { wayId: id, reason } })
        return null
      }),
  },
  'alarms.setMail': {
    right: 'person',
    args: mailServerShape.extend({ password: z.string().max(500) }),
    answer: ({ password, ...server }, asked) =>
      asked.run(async (db) => {
        mustSeeAll(asked.person)
        const { host, port, tls, user } = server
        if (user !== '' && tls === 'none' && !isLoopback(host))
          throw new LaneFault('CENTRE-44', { field: 'tls', value: tls })
        const before = await mailOf(db)
        const isSame =
          before?.host === host &&
          before.port === port &&
          before.tls === tls &&
          before.user === user
        if (user !== '' && password === '' && !(isSame && asked.post.hasMailPassword()))
          throw new LaneFault('CENTRE-43', { field: 'password' })
        await db.query(
          `INSERT INTO desk.mail_server (server) VALUES ($1)
           ON CONFLICT (one) DO UPDATE SET server = $1`,
          [JSON.stringify(server)],
        )
        await logAct(db, asked, { act: 'mail.set', detail: server })
        if (password !== '' || user === '') asked.post.keepMailPassword(user === '' ? '' : password)
        return null
      }),
  },
  'alarms.test': {
    right: 'person',
    args: z.strictObject({ wayId }),
    async answer({ wayId: id }, asked) {
      mustSeeAll(asked.person)
      const { way, server } = await asked.run(async (db) => {
        const { rows } = await db.query<Way>(
          `SELECT way_id AS "wayId", kind, address, after_s AS "afterS" FROM desk.alarm_way
           WHERE way_id = $1 AND removed_at IS NULL`,
          [id],
        )
        const found = known(rows[0], 'wayId', id)
        await logAct(db, asked, { act: 'way.test', detail: { wayId: id } })
        return { way: found, server: await mailOf(db) }
      })
      const { taken, answer } = await asked.post.send(
        way,
        server,
        [
          {
            is: 'test',
            matterId: '',
            lotId: '',
            lotName: t('', ''),
            nodeId: '',
            kind: 'test',
            thing: '',
            what: null,
            sinceMs: asked.nowMs,
            endedMs: null,
          },
        ],
        asked.nowMs,
      )
      return { isTaken: taken > 0, answer }
    },
  },
}
