// The camera simulator as a process: all variants, each with the link behaviour of its make.
// Some push to the lane's intake, others accept connections; sightings come by the admin side.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { type RunningSim, type SimContext, type SimPlan, starterOf } from '../shell/process.ts'
import { withDiscovery, withVendorSearch } from './discovery-socket.ts'
import { hikvisionStyle, startPushing, vzStyle } from './pushing-sim.ts'
import { DahuaServed } from './served/dahua-protocol.ts'
import { HikvisionServed } from './served/hikvision-protocol.ts'
import { startServed } from './served/served-sim.ts'
import { VzServed } from './served/vz-protocol.ts'
import { answerDahua, answerSadp } from './vendor-search.ts'

/** MAC address of a simulated camera, from its flag or its seed. */
function macOf({ args }: SimContext): string {
  const last = (args.seed & 0xff).toString(16).padStart(2, '0')
  const { mac = `02:00:5e:10:00:${last}` } = args.extra
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac))
    throw new LaneFault('ARG-01', { field: '--mac', value: mac })
  return mac
}

/** The account of a camera with Digest; fictional. */
const accountOf = ({ args }: SimContext) => ({
  user: args.extra['user'] ?? 'admin',
  password: args.extra['password'] ?? 'Simulated1',
})

/** The number of a camera, from its seed. */
const serialOf = ({ args }: SimContext): string =>
  `5e100000-${args.seed.toString(16).padStart(8, '0')}`

function startVariant(context: SimContext): Promise<RunningSim> {
  const { variant } = context.args
  if (variant === 'vz-http')
    return startPushing(context, macOf(context), vzStyle(serialOf(context)), accountOf(context))
  if (variant === 'hikvision-pull') {
    const options = { ...accountOf(context), macAddress: macOf(context) }
    return startServed(context, (outside) => new HikvisionServed(options, outside))
  }
  if (variant === 'dahua') {
    const options = { ...accountOf(context), serial: `SIM${serialOf(context)}` }
    return startServed(context, (outside, dome) => new DahuaServed({ ...options, dome }, outside))
  }
  if (variant === 'vz-tcp')
    return startServed(context, (outside) => new VzServed(serialOf(context), outside))
  return startPushing(context, macOf(context), hikvisionStyle, accountOf(context))
}

/** A camera answers only its maker's search; Vzicom's search is not simulated. */
async function withOwnSearch(context: SimContext, sim: RunningSim): Promise<RunningSim> {
  const { extra, variant } = context.args
  const port = extra['vendor-discovery']
  if (port === undefined) return sim
  if (variant.startsWith('vz'))
    throw new LaneFault('ARG-01', { field: '--vendor-discovery', value: variant })
  const answer = variant === 'dahua' ? answerDahua : answerSadp
  const serial = `SIM${serialOf(context)}`
  return withVendorSearch({ port, serial, mac: macOf(context), answer }, sim)
}

export const cameraSimPlan: SimPlan = {
  name: 'camera-sim',
  listens: ['tcp', 'http'],
  variants: ['hikvision-push', 'hikvision', 'vz-http', 'hikvision-pull', 'dahua', 'vz-tcp'],
  pushes: true,
  flags: {
    mac: 'MAC',
    user: 'NAME',
    password: 'TEXT',
    discovery: 'PORT',
    'vendor-discovery': 'PORT',
  },
  faults: { places: ['push', 'auth'], moreActions: ['reorderParts'] },
  async start(context): Promise<RunningSim> {
    const sim = await startVariant(context)
    const { discovery } = context.args.extra
    const searched = await withOwnSearch(context, sim)
    return discovery === undefined ? searched : withDiscovery(discovery, searched)
  },
}

/** Starts it in this process, for tests and the demo. */
export const startCameraSim = starterOf(cameraSimPlan)
