// `etc-lane probe-server`: the peer of link tests. It stamps probes, receives and sends random data. By default on
// loopback; otherwise only on a named network card and for named addresses.
import { t } from '#base/pure/words/fault-text.ts'
import { BlockList, isIP } from 'node:net'
import { cards } from '#survey/instruments/link-probes.ts'
import { probeLimits, startProbeServer } from '#survey/instruments/probe-server.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'

const defaultListen = 'tcp://127.0.0.1:5209'
const mib = 1_048_576

const refuse = (value: string, note: Why): never => {
  throw new LaneFault('NET-08', { value, note })
}

function placeOf(listen: string): { host: string; port: number } {
  const [, named = '', port = ''] =
    /^tcp:\/\/(\[[0-9a-fA-F:.]+\]|[0-9.]+):(\d{1,5})$/.exec(listen) ?? []
  const host = named.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) === 0 || Number(port) > 65_535) refuse(listen, 'tcp://ADDRESS:PORT')
  return { host, port: Number(port) }
}

const isLoopback = (host: string): boolean => host === '::1' || host.startsWith('127.')

/** The address to listen on: `0.0.0.0` means the address of the named card, never all addresses. */
function boundHost(host: string, card: string | undefined): string {
  if (card === undefined)
    return isLoopback(host)
      ? host
      : refuse(
          host,
          t('对本机之外须写网卡:--interface', 'beyond this machine a card is named: --interface'),
        )
  const own = cards().filter(({ name }) => name === card)
  const six = isIP(host) === 6
  const any = host === '0.0.0.0' || host === '::'
  const at = own.find(({ address }) => (any ? address.includes(':') === six : address === host))
  return at?.address ?? refuse(host, `${card}: ${own.map((c) => c.address).join(', ')}`)
}

function allowed(entries: readonly string[]): BlockList | null {
  if (entries.length === 0) return null
  const list = new BlockList()
  for (const entry of entries) {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
    const version = isIP(address)
    const most = version === 6 ? 128 : 32
    const bits = Number(prefix ?? most)
    if (version === 0 || bits > most)
      throw new LaneFault('ARG-01', {
        field: '--allow',
        value: entry,
        note: 'ADDRESS or ADDRESS/BITS',
      })
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

const serve = act(
  [
    'probe-server [--listen tcp://HOST:PORT] [--interface NAME --allow ADDRESS|ADDRESS/BITS ...] [--mib-an-hour N]',
  ],
  async ({ listen = defaultListen, ...values }, io) => {
    const { host: requestedHost, port } = placeOf(listen)
    const host = boundHost(requestedHost, values.interface)
    const allow = allowed(values.allow)
    if (allow === null && !isLoopback(host))
      refuse(
        host,
        t(
          '对本机之外须写客户端:--allow ADDRESS[/BITS]',
          'beyond this machine clients are named: --allow ADDRESS[/BITS]',
        ),
      )
    const usual = probeLimits.bytesAnHourMax / mib
    const bytesAnHourMax = mib * (values['mib-an-hour'] ?? usual)
    const stopped = Promise.withResolvers<void>()
    io.onStop(() => stopped.resolve())
    const server = await startProbeServer({ host, port, allow, limits: { bytesAnHourMax } })
    const ready = { event: 'ready', apiVersion: 1, pid: process.pid }
    io.stdout(`${JSON.stringify({ ...ready, endpoints: { probe: server.url } })}\n`)
    await stopped.promise
    io.stdout(`${JSON.stringify({ event: 'stopping', counts: server.counts })}\n`)
    await server.close()
    return 0
  },
)

export const probeServerCommand = commandOf('probe-server', [serve])
