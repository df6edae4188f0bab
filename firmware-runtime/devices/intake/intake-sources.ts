// Who may push: addresses of the allow-list, and never a page of a browser or a foreign host name.
import { type IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'

const isLoopback = (host: string): boolean => /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)

export function allowListOf(host: string, allow: readonly string[]): BlockList {
  if (allow.length === 0 && !isLoopback(host)) {
    const note = t(
      '对本机之外监听须写明相机的地址',
      'a listener beyond loopback needs the addresses of its cameras',
    )
    throw new LaneFault('LOT-02', { field: '/intake/allow', value: host, note })
  }
  const list = new BlockList()
  const entries = allow.length > 0 ? allow : ['127.0.0.0/8', '::1']
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const version = isIP(address)
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix)
    const bitsOk = /^\d{1,3}$/.test(prefix ?? '0') && bits <= (version === 6 ? 128 : 32)
    if (version === 0 || !bitsOk) {
      const note = t('应为地址或“地址/位数”', 'expected an address or address/prefix')
      throw new LaneFault('LOT-02', { field: '/intake/allow', value: entry, note })
    }
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/** A listener on :: sees IPv4 cameras under a prefix. */
export const addressOf = (remote: string): string => remote.replace(/^::ffff:/, '')

export function isAllowed(list: BlockList, remote: string | undefined): boolean {
  if (remote === undefined) return false
  const address = addressOf(remote)
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/**
 * True for a request from a browser page (Origin or Sec-Fetch-Site) and for a foreign host name (DNS rebinding). A
 * camera sends neither: it uses the address that was entered in it.
 */
export function isForeign({ headers, socket }: IncomingMessage): boolean {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return true
  if (headers.host === undefined) return false
  const at = addressOf(socket.localAddress ?? '')
  const named = headers.host.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, '')
  return named !== at && !(named === 'localhost' && isLoopback(at))
}
