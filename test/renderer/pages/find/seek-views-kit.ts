// States of the network search for tests and pictures: nothing searched yet, a running search, results,
// no results, a removed network card; and a lane's camera that pushes, or is queried.
import type { FindingView, PushReportView } from '#devices/calls/find-views.ts'
import type { LaneCameraView, SeekView } from '#devices/calls/seek-views.ts'
import { findFaults, type FindCode } from '#base/pure/faults/find-faults.ts'

const quiet: SeekView = {
  place: 'workbench',
  cards: [{ name: 'eth0', address: '192.168.1.5', prefix: 24, loopback: false }],
  job: null,
  cameras: null,
  lanes: null,
  hid: null,
  printers: null,
  fault: null,
}

export const seekStates = {
  quiet,
  noCard: { ...quiet, cards: [] },
  busy: { ...quiet, job: { what: 'cameras', elapsedMs: 1_200, ofMs: 3_000 } },
  found: {
    ...quiet,
    cameras: [
      {
        by: ['onvif', 'dahua'],
        address: '192.168.1.64',
        services: ['http://192.168.1.64/onvif/device_service'],
        name: '入口相机 1',
        hardware: 'TCG-1',
        links: ['dahua://192.168.1.64?user=admin&secret=camera'],
      },
      {
        by: ['sadp'],
        address: '192.168.1.65',
        services: ['http://192.168.1.65'],
        name: 'SIM-1-0001',
        hardware: 'SIM-1',
        links: ['push:hikvision'],
      },
    ],
    lanes: [
      {
        name: '测试停车场 n1',
        address: '192.168.1.10',
        host: 'lane-1.local',
        lotId: 'L1',
        nodeId: 'n1',
        version: '0.1.0',
      },
    ],
    hid: [
      {
        vendorId: '1a2c',
        productId: '4c5e',
        manufacturer: '',
        product: 'Barcode reader',
        usagePage: 1,
        usage: 6,
        link: null,
      },
      {
        vendorId: '0c2e',
        productId: '0b61',
        manufacturer: 'Honeywell',
        product: 'Area imager',
        usagePage: 0x8c,
        usage: 2,
        link: 'hid:0c2e:0b61?profile=honeywell/hid-pos',
      },
      {
        vendorId: '1a2c',
        productId: '4c5e',
        manufacturer: '',
        product: 'Barcode reader',
        usagePage: 1,
        usage: 6,
        link: 'evdev:/dev/input/by-id/usb-Maker_1900-event-kbd',
      },
    ],
    printers: [
      {
        link: 'usblp:/dev/usb/lp0',
        path: '/dev/usb/lp0',
        vendorId: '0483',
        productId: '5743',
        serialNumber: '',
        manufacturer: 'STMicro',
      },
    ],
  },
  empty: { ...quiet, cameras: [], lanes: [], hid: [], printers: [] },
  failed: { ...quiet, fault: { code: 'LINK-01', note: '192.168.1.5: EADDRNOTAVAIL' } },
} as const satisfies Record<string, SeekView>

const finding = (code: FindCode, value: string): FindingView => ({
  code,
  weight: 'bad',
  value,
  note: '',
  ...findFaults[code],
})

export const pushReport: PushReportView = {
  ok: false,
  laneId: 'exit',
  card: { name: 'eth0', address: '192.168.1.5' },
  address: 'http://192.168.1.5:18080/push/exit',
  firewall: {
    windows:
      'netsh advfirewall firewall add rule name="etc-lane 18080" dir=in action=allow protocol=TCP localport=18080 remoteip=192.168.1.64',
    linux: 'ufw allow proto tcp from 192.168.1.64 to any port 18080',
  },
  lastPushAtIso: null,
  lastRefused: null,
  pushes: 0,
  badRequests: 0,
  refused: { sources: 0, paths: 0 },
  unnamed: { count: 0, last: null },
  findings: [finding('FIND-17', 'http://192.168.1.5:18080/push/exit')],
}

export const laneCamera: LaneCameraView = { push: pushReport, asked: null }

export const cameraReportOf: LaneCameraView = {
  push: null,
  asked: {
    ok: false,
    link: 'hikvision://192.168.1.64:80?user=admin&secret=cam',
    status: 401,
    findings: [finding('FIND-14', '192.168.1.64')],
  },
}
