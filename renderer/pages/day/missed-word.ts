// Maps the cause of a missing bill to a word of the catalogue; the raw answer is shown after it.
// Platform and gateway use different codes for the same cause.

const doubted = [
  ...['unsigned', 'badSignature', 'unknownCertificate', 'outsideWindow'],
  ...['certificateExpired', 'certificateNotYetValid'],
  ...['unknownKey', 'otherRequest', 'wrongSignature', 'wrongTime'],
]
const unread = ['billNotWhole', 'bodyNotJson', 'otherShape']

type MissedWord = 'notYet' | 'none' | 'unread' | 'sealed' | 'doubted' | 'refused' | 'silent'

export function missedWord(reason: string): MissedWord {
  const [first = '', ...rest] = reason.split(' ')
  const said = first === 'silent' ? rest.join(' ') : reason
  if (first === 'notYet' || said === 'NOT_READY') return 'notYet'
  if (first === 'none' || said === 'noGateway') return 'none'
  if (unread.includes(said) || said.startsWith('wrongFileName ')) return 'unread'
  if (said === 'otherKey' || said === 'sealBroken') return 'sealed'
  if (doubted.includes(said)) return 'doubted'
  return /^(?:\d{6}|(?:status|redirected) \d{3})$/.test(said) ? 'refused' : 'silent'
}
