// Studio without a lot: the runtime for finding and setting up devices at the gate before a lane exists.
// One device at a time, with the driver and trial rules of `etc-lane rsu --link`.
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { keepFile } from '#base/files/kept-file.ts'
import { readPhoto } from '#ledger/files/photos.ts'
import type { FindService } from '#devices/find/find-service.ts'
import { PeopleGate } from '#lane/people/people-gate.ts'
import type { PeopleService } from '#lane/people/people-service.ts'
import type { SetupService } from '#lane/desk/setup/setup-service.ts'
import { rsuSource } from '#devices/frame-log/frame-sources.ts'
import { FrameServices } from '#devices/frame-log/frame-services.ts'
import { benchLaneId, Workbench } from '../control/workbench.ts'
import { BenchRsu, benchFolder } from '#devices/desk/bench/bench-rsu.ts'
import { findService } from '#devices/desk/bench/find-ports.ts'
import { keepMeasurePhoto } from '#base/desk/folder/measure-photos.ts'
import { seekService } from '#devices/desk/bench/seek-ports.ts'
import type { Running } from './run.ts'
import { programFile } from '#base/process/program-file.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { build, version } from '#base/process/version.ts'

interface WorkbenchWay {
  /** Returns to the former mode; null without one. */
  readonly leave: (() => void) | null
  /** Set for a folder whose lot is being set up. */
  readonly setup?: {
    /** Surveys made here belong to that lot. */
    readonly dir: string
    readonly service: SetupService
    readonly people: PeopleService
  }
}

/** The workbench has no lanes, so no car is waiting. */
const gateOf = (service: PeopleService): PeopleGate =>
  new PeopleGate({
    service,
    nowMs: () => systemWallClock().nowMs(),
    letsOut: () => false,
    isPriced: () => false,
    isLarge: () => false,
    largeNeedsTwo: () => false,
    waiting: () => [],
  })

export function openWorkbench({ leave, setup }: WorkbenchWay): Running {
  let bench: Workbench | null = null
  const changed = (): void => bench?.changed()
  const service: FindService = findService({
    place: 'workbench',
    changed,
    connect: async (link) => {
      // New for each device, because another device may have another variant.
      const frameServices = new FrameServices(() => systemWallClock().nowMs())
      const rsu = await BenchRsu.open(link, benchFolder(), {
        tap: frameServices.ringOf(benchLaneId, 'rsu'),
        ended: changed,
        tuned: changed,
        program: 'Studio workbench',
        putBack: (note) => surveys.wasPutBack([{ ...note, fault: null }]),
      })
      const { settingsStore, handle, tune } = rsu
      const source = rsuSource(handle.protocol)
      frameServices.add({ laneId: benchLaneId, device: 'rsu', link, source })
      return { settingsStore, handle, tune, frameServices, close: () => rsu.close() }
    },
    workbench:
      leave === null
        ? null
        : (on) => {
            if (!on) leave()
          },
  })
  const seek = seekService({ place: 'workbench' })
  const surveys = new SurveyWorkerClient(programFile(), setup?.dir ?? benchFolder(), {
    demo: false,
    ownLinks: () => (service.device === null ? [] : [service.device.link]),
  })
  bench = new Workbench({
    service,
    seek,
    surveys,
    documents: surveys.documents,
    ...(setup === undefined ? {} : { setup: setup.service, people: gateOf(setup.people) }),
    photos: {
      keep: (laneId, jpeg) => keepMeasurePhoto(benchFolder(), laneId, jpeg),
      read: (photoId) => readPhoto(benchFolder(), photoId),
    },
    keepFile: (folder, name, bytes) => keepFile(benchFolder(), folder, name, bytes),
    mono: systemMonoClock(),
    clock: systemWallClock(),
    version,
    build,
  })
  const session = bench.session('owner')
  service.watch()
  return {
    endpoints: {},
    session: () => session,
    unsent: 0,
    stop() {
      bench?.close()
      return surveys.close()
    },
  }
}
