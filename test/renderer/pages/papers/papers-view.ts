// Papers of an acceptance in the runtime's answer: two filled in, one of them reviewed, all others open.
// Made by the service itself over a folder in memory.
import type { PapersView } from '#acceptance/calls/papers-views.ts'
import { MemoryPapers } from '../../../firmware-runtime/acceptance/desk/service/papers-kit.ts'

export function papersView(): PapersView {
  const memory = new MemoryPapers().fillAll('甲', ['J2', 'K6']).reviewAll('乙', true, ['K6'])
  memory.service.attach('J2', 'plan.pdf', new TextEncoder().encode('x'), '甲')
  return memory.heldDaysAgo(400).service.view()
}
