// A witness is outside the measured computer: a peer or a time server on its own address proves nothing about its link or its
// clock. A survey made by simulators is marked as such and may use them on this computer.
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { because, type Reason } from '../next-steps.ts'
import { isSimulated, type SurveyProject } from '../file/project.ts'

/** Host of HOST, HOST:PORT, [HOST]:PORT or a URL. */
function hostIn(address: string): string {
  const at = address.replace(/^[a-z+]+:\/\//i, '').split(/[/?#]/)[0] ?? ''
  const [, six] = /^\[([^\]]+)\]/.exec(at) ?? []
  if (six !== undefined) return six
  return at.split(':').length === 2 ? (at.split(':')[0] ?? '') : at
}

const isOwnHost = (host: string): boolean =>
  isLoopback(host.replace(/\.$/, '')) || /^(?:0\.0\.0\.0|::|.+\.localhost)$/i.test(host)

interface Witness {
  readonly address: string
  /** As the program found when it connected: one of the addresses of this computer. */
  readonly isSelf: boolean
}

/** Why a witness proves nothing; null: it is outside, or a simulator of a survey that is marked as simulated. */
export function insideWords(survey: SurveyProject, witnesses: readonly Witness[]): Reason | null {
  const own = witnesses.find(({ address, isSelf }) => isSelf || isOwnHost(hostIn(address)))
  if (own === undefined || isSimulated(survey)) return null
  return because(
    'outside',
    `对端 ${own.address} 就在被测计算机上,不能作证`,
    `${own.address} is on the measured computer and proves nothing`,
  )
}
