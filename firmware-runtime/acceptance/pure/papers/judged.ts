// The part of the network sheet that a program can judge: the link by the rows of the survey, the boundary by listening
// ports and outgoing addresses. What only a person can know stays a question.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

/** A row of table D.1 for one lane. */
interface LinkRow {
  readonly lane: string
  readonly id: string
  readonly verdict: string
}

/** Rows 7 to 12. */
export const isLinkRow = (id: string): boolean => /^D(?:[789]|1[0-2])$/.test(id)

const named = (rows: readonly LinkRow[]): string =>
  rows.map(({ lane, id }) => `${lane} ${id}`).join(', ')

/** 9.2 a: capacity of the link; null: no link was surveyed. */
export function capacitySaid(rows: readonly LinkRow[]): BilingualText | null {
  const link = rows.filter(({ id }) => isLinkRow(id))
  if (link.length === 0) return null
  const failed = link.filter(({ verdict }) => verdict === 'fail')
  const open = link.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'pass')
  if (failed.length > 0) return t(`✕ 不满足:${named(failed)}`, `✕ Not fulfilled: ${named(failed)}`)
  if (open.length > 0) return t(`○ 还没有判定:${named(open)}`, `○ Not judged yet: ${named(open)}`)
  const lanes = [...new Set(link.map(({ lane }) => lane))].join(', ')
  return t(`✓ 表 D.1 第 7 至 12 行满足:${lanes}`, `✓ Rows 7 to 12 of table D.1 pass: ${lanes}`)
}

interface Boundary {
  /** Where camera pushes are received, and from which addresses; null: from this machine only. */
  readonly intake: { readonly host: string; readonly allow: readonly string[] } | null
  /** Addresses to which the lot connects. */
  readonly outward: readonly string[]
}

const everybody = ['0.0.0.0/0', '::/0']
/** Encrypted in transit, or local: a folder path has no scheme. */
const isSealed = (url: string): boolean =>
  /^(?:https|mqtts|tls|sftp|file)?:/.test(url) || /^[a-z]+:(?:127\.|localhost\b|\[::1\])/.test(url)

/** 9.2 c, as far as the program decides it: the firewall is configured by the lot. */
export function boundarySaid({ intake, outward }: Boundary): BilingualText {
  const isOpen =
    intake !== null &&
    (intake.allow.length === 0 || intake.allow.some((one) => everybody.includes(one)))
  const plain = outward.filter((url) => !isSealed(url))
  const wrong = [
    ...(isOpen ? [t('相机推送对所有地址开放', 'camera pushes are accepted from any address')] : []),
    ...plain.map((url) => t(`未加密的连接 ${url}`, `the connection is not encrypted: ${url}`)),
  ]
  if (wrong.length > 0)
    return t(
      `✕ ${wrong.map(({ zh }) => zh).join(';')}`,
      `✕ ${wrong.map(({ en }) => en).join('; ')}`,
    )
  const heard =
    intake === null
      ? t('只在本机监听', 'it listens on this computer only')
      : t(`只听 ${intake.allow.join(', ')}`, `it listens only to ${intake.allow.join(', ')}`)
  return t(
    `✓ ${heard.zh},对外连接全部加密`,
    `✓ ${heard.en}, and all outgoing connections are encrypted`,
  )
}
