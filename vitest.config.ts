// Test projects: one per stage of `npm test`, so that a stage is `vitest run --project NAME`.
// Stages that hold ports, processes or a window run their files one after another.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const own = (name: string) => [`test/${name}/**/*.test.ts`]
/** Folders of test/ that are a stage of their own; everything else is `unit`. */
const alone = ['wire', 'crash', 'fuzz', 'sim', 'e2e', 'package', 'bench', 'rows']
/** Planted bugs are runs of processes too: they belong to the stage that kills them. */
const folders: Readonly<Record<string, readonly string[]>> = { crash: ['crash', 'planted'] }
/** Files at a time of stages that mostly wait for processes and windows of their own. */
const sideBySide: Readonly<Record<string, number>> = { wire: 3, crash: 2, e2e: 3 }
/** Stages of many files that hold nothing between them: they share modules too (a second of processor time a file). */
const sharing = new Set(['wire', 'e2e', 'fuzz'])
const full = process.env['ETC_LANE_SCALE'] === 'full'
const apart = ['tidy', 'docs', 'renderer', 'planted', ...alone]
/**
 * Tests that put something in the place of a module, run other files of tests again, or open hundreds of pages:
 * each of them loads its modules anew, in a process of its own (project `NAME-mocking`). All others share the modules of their
 * process: to load them for each file is a third of the work.
 */
const mocking = {
  /** What a profile says and nobody obeys is a rule of the code, as those of the tidy tests. */
  tidy: ['test/firmware-runtime/app/profiles/members-read.test.ts'],
  unit: [
    'runtime/host/start-steps',
    'runtime/host/full-disk',
    'harness/lot/same-effects',
    'harness/lot/toy-layout',
    'devices/barrier/modbus-relay/on-rtu',
    'adapters/crypto/prove',
    'adapters/crypto/precompute',
  ].map((name) => `test/firmware-runtime/${name}.test.ts`),
  ui: ['bench', 'files', 'planted', 'roles'].map((name) => `test/renderer/${name}.test.ts`),
}
/** The library leaves one core free, of two. Times are limits against hangs, not a stopwatch. */
const many = {
  pool: 'forks',
  maxWorkers: '100%',
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const
export default defineConfig({
  test: {
    reporters: ['default', './test/ci-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...apart.map((name) => `test/${name}/**`), ...mocking.tidy, ...mocking.unit],
          setupFiles: ['test/unstub.ts'],
          ...many,
          isolate: false,
        },
      },
      { test: { name: 'unit-mocking', include: mocking.unit, ...many, isolate: true } },
      {
        test: {
          name: 'tidy',
          include: ['tidy', 'docs'].flatMap(own),
          pool: 'forks',
          isolate: false,
          testTimeout: 600_000,
        },
      },
      {
        // Projects of one run have one number of workers.
        test: {
          name: 'tidy-mocking',
          include: mocking.tidy,
          pool: 'forks',
          isolate: true,
          testTimeout: 600_000,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'ui',
          include: own('renderer'),
          exclude: mocking.ui,
          setupFiles: ['test/unstub.ts'],
          environment: 'happy-dom',
          ...many,
          isolate: false,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'ui-mocking',
          include: mocking.ui,
          environment: 'happy-dom',
          ...many,
          isolate: true,
        },
      },
      ...alone.map((name) => ({
        test: {
          name,
          include: (folders[name] ?? [name]).flatMap(own),
          setupFiles: [
            ...(sharing.has(name) ? ['test/unstub.ts'] : []),
            ...(name === 'e2e' ? ['test/e2e/shown.ts'] : []),
          ],
          ...(sharing.has(name) ? { isolate: false } : {}),
          pool: 'forks' as const,
          maxWorkers: sideBySide[name] ?? 1,
          fileParallelism: name in sideBySide,
          // A fuzz test of `npm run test:full` runs for half an hour.
          testTimeout: name === 'fuzz' && full ? 7_200_000 : 600_000,
          hookTimeout: 300_000,
          // Tests that say `concurrent`: one a core.
          maxConcurrency: 2,
          // A page asks once a second, and a report is laid out beside all else that a busy machine does; what never comes
          // still fails, with its last value.
          expect: { poll: { timeout: 180_000 } },
        },
      })),
    ],
  },
})
