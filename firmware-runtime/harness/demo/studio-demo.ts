// The demo lot as Studio hosts it: simulators are processes that Studio starts.
// A packaged Electron cannot start itself as Node, so simulators are requested over its port.
import type { FromSimHost } from '#runtime/api/messages.ts'
import type { OpenDemo, ParentPort } from '#runtime/host/hosted.ts'
import type { SimLauncher, SimNews } from '../lot/sim-process.ts'
import { DemoLot, standardDemo } from './demo-lot.ts'

function isFromSimHost(data: unknown): data is FromSimHost {
  if (typeof data !== 'object' || data === null || !('sim' in data)) return false
  return 'line' in data || 'ended' in data
}

export function simsOf(parent: ParentPort): SimLauncher {
  const newsOf = new Map<number, SimNews>()
  let lastSim = 0
  parent.on('message', ({ data }) => {
    if (!isFromSimHost(data)) return
    const news = newsOf.get(data.sim)
    if ('line' in data) news?.line(data.line)
    else {
      newsOf.delete(data.sim)
      news?.gone(data.ended)
    }
  })
  return (name, args, news) => {
    const sim = ++lastSim
    newsOf.set(sim, news)
    parent.postMessage({ sim, start: { name, args } })
    return (signal) => parent.postMessage({ sim, kill: signal })
  }
}

export const openStudioDemo: OpenDemo = (parent, { dir, end, ...wished }) =>
  DemoLot.open({ ...standardDemo(dir, end), ...wished, launch: simsOf(parent) })
