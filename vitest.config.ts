// Vitest projects, from the table in installers/dev/projects.mjs: `vitest run --project NAME` runs one of them.
// Projects that use ports, processes or a window run their files one after another.
import vue from '@vitejs/plugin-vue'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { projectFiles } from './installers/dev/projects.mjs'
import { callFacts } from './installers/dev/call-facts.ts'

const minuteMs = 60_000
/** Time limits against hanging tests only: waits end by themselves (test/kit/eventually.ts). */
const patient = { testTimeout: 15 * minuteMs, hookTimeout: 15 * minuteMs } as const
/** A complete trace takes five minutes of a processor, beside other stages three times that. */
const whole = { testTimeout: 40 * minuteMs } as const
/** For tests that wait for nothing outside their own process. */
const quick = { testTimeout: minuteMs, hookTimeout: minuteMs } as const
const dayMs = 24 * 60 * minuteMs
const isFull = process.env['ETC_LANE_SCALE'] === 'full'
const noLimit = isFull ? { testTimeout: dayMs, hookTimeout: dayMs } : {}

/** Uses all processors; modules are loaded once for each process, unless tests replace some of them. */
const sideBySide = {
  maxWorkers: '100%',
  isolate: false,
  setupFiles: ['test/unstub.ts'],
  // A process keeps the modules and pages of all its files: near the usual limit of 4 GB.
  execArgv: ['--max-old-space-size=6144'],
  ...quick,
}
const mocking = { maxWorkers: '100%', isolate: true, ...quick }
/** `atOnce`: files in parallel, for tests that mostly wait for their processes; two `concurrent` tests at a time. */
const onLinks = (atOnce: number, isolate: boolean) => ({
  maxWorkers: atOnce,
  fileParallelism: atOnce > 1,
  maxConcurrency: 2,
  isolate,
  ...(isolate ? {} : { setupFiles: ['test/unstub.ts'] }),
  ...patient,
})
const window = {
  environment: 'happy-dom',
  setupFiles: ['test/unstub.ts', 'test/renderer/i18n/missing-words.ts'],
}

const how: Readonly<Record<string, TestProjectInlineConfiguration['test']>> = {
  /** One process, which reads the tree and the syntax of its files once (test/tidy/tree.ts). */
  tidy: { isolate: false, maxWorkers: 1, ...patient },
  'tidy-mocking': { isolate: true, ...patient },
  unit: sideBySide,
  'unit-mocking': mocking,
  ui: { ...sideBySide, ...window },
  'ui-mocking': { ...mocking, ...window },
  long: { ...mocking, ...patient, ...whole },
  'long-ui': { ...mocking, ...window, ...patient },
  hosts: { ...sideBySide, ...patient },
  smoke: { ...onLinks(2, true), setupFiles: ['test/e2e/shown.ts'] },
  wire: onLinks(3, false),
  crash: onLinks(2, true),
  fuzz: onLinks(1, false),
  sim: onLinks(1, true),
  e2e: { ...onLinks(3, false), setupFiles: ['test/unstub.ts', 'test/e2e/shown.ts'] },
  package: onLinks(1, true),
  windows: onLinks(1, true),
  bench: onLinks(1, true),
  rows: onLinks(1, true),
}

/** Files or folders named on the command line: only their projects are set up. */
const asked = process.argv.filter((arg) => /^(?:\.\/)?test\//.test(arg))
const isAsked = (file: string): boolean =>
  asked.length === 0 || asked.some((arg) => file.includes(arg.replace(/^\.\//, '')))

export default defineConfig({
  test: {
    reporters: ['default', './test/ci-reporter.ts'],
    projects: Object.entries(projectFiles())
      .filter(([, include]) => include.some(isAsked))
      .map(([name, include]) => ({
        plugins: [vue(), callFacts],
        test: { name, include, pool: 'forks' as const, ...how[name], ...noLimit },
      })),
  },
})
