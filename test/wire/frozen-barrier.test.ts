// Opening by hand a barrier whose process is frozen: its socket is up and nothing answers. The caller waits,
// gets the fault for a silent board, and the ledger records a failure; nothing calls the boom open.
import { expect, test } from 'vitest'
import { runToEnd } from './kit/live-program.ts'
import { runsForFile } from './kit/running-lot.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()

runsForFile(lot)

test('lane open on a frozen barrier fails and says so, and works when it is back', async () => {
  const who = ['--lane', 'exit', '--by', '测试员', '--reason', '试开']
  const open = ['lane', 'open', '--data', lot.dir, ...who]
  const { barrier } = lot.harness.sims('exit')
  process.kill(barrier.pid, 'SIGSTOP')
  try {
    const { code, json } = await runToEnd(open)
    expect(json).toMatchObject({
      ok: false,
      result: 'failed',
      answered: false,
      position: 'unknown',
      code: 'BOOM-02',
      error: { code: 'BOOM-02' },
    })
    expect(code).toBe(1)
    const seen = await runToEnd(['lane', 'state', '--data', lot.dir, '--lane', 'exit'])
    expect(seen.json).toMatchObject({ lanes: [{ barrier: { position: 'unknown' } }] })
  } finally {
    process.kill(barrier.pid, 'SIGCONT')
  }
  const again = await runToEnd(open)
  expect(again).toMatchObject({ code: 0, json: { ok: true, result: 'done', position: 'open' } })
})
