// An acceptance run aimed at a platform that the lot has not joined: its credentials, its joint test and the report.
// The channel must be a sandbox, because the joint test sends records with made-up numbers. No lane charges through it.
import { X509Certificate } from 'node:crypto'
import { dirname } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { certificateText } from '#base/crypto/pem.ts'
import type { JointReportView } from '#ledger/calls/onboarding-views.ts'
import type { AcceptancePorts, JointRun } from '../service/acceptance-service.ts'
import type { Aim, AimAsked } from '../service/session.ts'
import { foreignChannel, platformOf, readChannel } from '#lane/desk/setup/channel-file.ts'
import { runJointTest } from '#lane/desk/setup/joint-runner.ts'
import { jointReport, newJoint } from '#lane/desk/setup/onboarding.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { joinedWhy, LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import type { LinkHere } from '#lane/folder/link-here.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readText } from '#base/process/read-file.ts'
import { answerMs, jointLink } from '#lane/desk/setup/joint-link.ts'
import { probeCredentials } from '#lane/desk/setup/platform-probe.ts'
import type { Asks } from './questions.ts'

const bytesMax = 65_536

/** Runs `read`; a refusal names the command-line flag by which the file was given. */
function named<T>(field: string, file: string, read: () => T): T {
  try {
    return read()
  } catch (reason) {
    if (reason instanceof LaneFault && (reason.detail.field ?? '') !== '') throw reason
    const note = reason instanceof Error ? reason.message : String(reason)
    // A failed system call (unreadable file) is FILE-01, not a wrong certificate (CERT-01).
    const isUnread = reason instanceof Error && 'syscall' in reason
    const unfit = isUnread ? 'FILE-01' : 'CERT-01'
    const [code, detail] =
      reason instanceof LaneFault
        ? [reason.code, reason.detail]
        : [unfit as 'FILE-01' | 'CERT-01', { note }]
    throw new LaneFault(code, { ...detail, file, field, value: file })
  }
}

/** The channel in the credentials file, at the given address and with the given root. Throws SETUP-07 and FILE-02. */
function channelOf({ url, caFile, credentials }: AimAsked): LinkHere {
  const file = readChannel(readText(credentials, bytesMax), credentials)
  const { appId, suite, certDir = '' } = platformOf(file, null, credentials)
  const of = { url, caFile, appId, certDir: certDir === '' ? dirname(credentials) : certDir }
  return suite === undefined ? of : { ...of, suite }
}

/** Throws ARG-01, CERT-01, FILE-01, FILE-02 or SETUP-07 with the file, field and value that cannot be used. */
export function aimHere(dir: string, asked: AimAsked): Aim {
  const { url, caFile, credentials } = asked
  if (!/^https:\/\/[^/\s]+$/.test(url) || URL.parse(url) === null)
    throw new LaneFault('ARG-01', {
      field: '--platform',
      value: url,
      note: t('平台地址为 https://host:port,不带路径', 'a platform is https://host:port, no path'),
    })
  // Text without PEM armour would otherwise be parsed as a certificate without armour.
  named('--ca', caFile, () => new X509Certificate(certificateText(caFile)))
  const { config } = loadLot(dir)
  const { use = '', lotId } = named('--credentials', credentials, () =>
    readChannel(readText(credentials, bytesMax), credentials),
  )
  if (lotId !== undefined && lotId !== config.lotId)
    throw foreignChannel(credentials, lotId, config.lotId)
  if (use !== 'test') {
    const note = t('只用联调渠道(test)', 'only the channel of a sandbox (test) is taken')
    const why = joinedWhy([credentials, note])
    throw new LaneFault('SETUP-07', { file: credentials, field: '/use', value: use, note: why })
  }
  const channel = channelOf(asked)
  probeCredentials(dialectOf(config), channel, openGmCrypto())
  const joint = newJoint(config.lotId, systemWallClock().nowMs(), null)
  return { url, caFile, credentials, appId: channel.appId, joint }
}

/**
 * Refuses with ACCEPT-09 while the lot's mode is production: a foreign platform is not queried beside production lanes.
 */
export function aimBesideLanes(dir: string, asked: AimAsked): Aim {
  const { mode } = loadLot(dir).config
  if (mode === 'production')
    throw new LaneFault('ACCEPT-09', { field: '--platform', value: asked.url })
  return aimHere(dir, asked)
}

export const isAimedHere = (aim: Aim | null): boolean =>
  aim !== null && isLoopback(hostOf(aim.url) ?? '')

const exitOf = ({ lanes }: LotConfig): string =>
  lanes.find(({ direction }) => direction === 'exit')?.id ?? 'exit'

/** Runs the joint test, continuing where it stopped. Rejects with ACCEPT-10 when the platform did not answer. */
export function jointAt(
  dir: string,
  aim: Aim,
  state: Parameters<AcceptancePorts['joint']>[1],
  asks: Asks,
): JointRun {
  const { config } = loadLot(dir)
  const { lotId, provinceCode, name } = config
  const dialect = dialectOf(config)
  const crypto = openGmCrypto()
  const channel = channelOf(aim)
  const link = jointLink(channel, dialect, probeCredentials(dialect, channel, crypto), crypto)
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
  let silence: string | null = null
  const stop = runJointTest({
    dialect,
    lot: { lotId, provinceCode, name: name.zh, laneId: exitOf(config) },
    link: {
      ...link,
      send(request, isForged, done) {
        const businessNo = request.idempotencyKey ?? ''
        const question = { dialect, request, url: aim.url, businessNo, timeoutMs: answerMs }
        const isOver = asks(question)
        const cancel = link.send(request, isForged, (came) => {
          isOver()
          silence = came.answer === null ? came.why : null
          done(came)
        })
        return () => {
          isOver()
          cancel()
        }
      },
    },
    read: () => state.read(),
    keep: (joint) => state.keep(joint),
    nowMs: () => systemWallClock().nowMs(),
    ended: () => {
      if (silence === null) resolve()
      else
        reject(
          new LaneFault('ACCEPT-10', {
            field: '--platform',
            value: aim.url,
            // Only the error code: the rest of the text is English and about program internals.
            note: `${aim.url} ${/^[A-Z][A-Z0-9_]+/.exec(silence)?.[0] ?? silence}`,
          }),
        )
    },
  })
  return { ended, stop }
}

export function askedOf(dir: string, { url, appId, joint }: Aim): JointReportView {
  const { config } = loadLot(dir)
  const { lotId, name } = config
  const rows = dialectOf(config).interfaces
  return jointReport({ joint, rows, sandbox: { url, appId }, lot: { lotId, name: name.zh } })
}
