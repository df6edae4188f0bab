// The demo of a centre as Studio starts it: once, opened in the browser at each press, and its fault where it ends.
import { expect, it } from 'vitest'
import { CentreDemo } from '../../../electron/main/centre-demo.ts'

const desk = 'http://127.0.0.1:41000'
const signIn = { name: 'admin', password: 'abcde-fghij' }
const readyLine = JSON.stringify({ event: 'ready', endpoints: { desk }, signIn })

function scene() {
  const runs: PromiseWithResolvers<{ readonly code: number; readonly stdout: string }>[] = []
  const opened: string[] = []
  let say: (line: string) => void = () => undefined
  const demo = new CentreDemo({
    dir: '/demo',
    run(args, onLine) {
      expect(args.slice(0, 4)).toEqual(['centre', '--demo', '--data', '/demo'])
      say = onLine
      const run = Promise.withResolvers<{ readonly code: number; readonly stdout: string }>()
      runs.push(run)
      return run.promise
    },
    open: (url) => Promise.resolve(void opened.push(url)),
  })
  return { demo, runs, opened, say: (line: string) => say(line) }
}

it('is started once, and opened at each press', async () => {
  const { demo, runs, opened, say } = scene()
  const first = demo.show()
  say(readyLine)
  say(JSON.stringify({ event: 'filled' }))
  expect(await first).toEqual({ ok: true, data: { desk, signIn } })
  expect(await demo.show()).toEqual({ ok: true, data: { desk, signIn } })
  expect([runs.length, opened]).toEqual([1, [desk, desk]])
})

it.each([
  ['its fault', JSON.stringify({ error: { code: 'CENTRE-01', message: 'x' } }), 'CENTRE-01'],
  ['nothing', '', 'CENTRE-39'],
  ['a line that is none', 'x', 'CENTRE-39'],
])('one that ended with %s says so, and the next press starts anew', async (_, stdout, code) => {
  const { demo, runs, opened, say } = scene()
  const first = demo.show()
  runs[0]?.resolve({ code: 1, stdout })
  expect(await first).toMatchObject({ ok: false, error: { code } })
  expect(opened).toEqual([])
  const again = demo.show()
  say(readyLine)
  expect(await again).toMatchObject({ ok: true })
  expect(runs).toHaveLength(2)
})
