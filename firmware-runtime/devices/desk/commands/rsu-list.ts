// `etc-lane rsu list`: antennas of a lot, serial ports of this machine and, on request, what answers. --probe listens
// and queries on free ports, or on the named links; --tcp HOST queries known ports there.
import type { LinkReportView } from '../../calls/find-views.ts'
import { finding } from '../../find/findings.ts'
import type { DoctorPorts } from '../../find/link-doctor.ts'
import { portViews } from '../../find/ports.ts'
import { isHost } from '#base/pure/links/link-url.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOf } from '#base/desk/commands/client.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { lookAt } from '../bench/look-at-link.ts'
import { doctorPorts } from '../bench/find-ports.ts'
import { loadLot } from '#lane/folder/lot-file.ts'

const lanesOf = (dir: string): object[] =>
  loadLot(dir)
    .config.lanes.filter(({ rsu }) => rsu !== null)
    .map(({ id, rsu }) => ({ laneId: id, kind: 'rsu', link: rsu }))

/** Links to one host: every port named in a profile of an antenna. */
function tcpLinks(host: string, ports: readonly number[]): string[] {
  if (!isHost(host)) throw new LaneFault('ARG-01', { field: '--tcp', value: host, note: 'a host' })
  return ports.map((port) => `tcp://${host}:${port}`)
}

/** A link that a lane of this machine uses is reported as such, and not opened. */
async function probed(link: string, outside: DoctorPorts): Promise<LinkReportView> {
  try {
    return await lookAt(link, outside)
  } catch (error) {
    if (!(error instanceof LaneFault) || error.code !== 'LINK-03') throw error
    const findings = [finding('FIND-03', { value: link, note: error.detail.note ?? '' })]
    return { ok: false, link, speeds: [], device: null, findings }
  }
}

export const list = act(
  ['rsu list [--data DIR] [--probe] [--link URL ...] [--tcp HOST ...] [--ports FILE]'],
  async (values) => {
    const dir = values.data === undefined ? null : folderOf(values.data)
    const devices = dir === null ? [] : lanesOf(dir)
    const outside = doctorPorts(values.ports ?? null, dir)
    const ports = await portViews(outside.machine, null)
    const free = ports.filter(({ state }) => state === 'free').map(({ path }) => `serial:${path}`)
    const serial = values.link.length > 0 ? values.link : free
    const known = values.tcp.length === 0 ? [] : (await outside.antennas()).ports
    const network = values.tcp.flatMap((host) => tcpLinks(host, known))
    const links = [...(values.probe ? serial : []), ...network]
    const probes: LinkReportView[] = []
    for (const link of links) probes.push(await probed(link, outside))
    const found = probes.flatMap(({ device }) => (device === null ? [] : [device]))
    const findings = ports.length === 0 ? [finding('FIND-01', { weight: 'info' })] : []
    return printed({ devices, ports, found, probes, findings })
  },
)
