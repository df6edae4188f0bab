// Views of the profile library for tests of the window: rows of each status and origin, and verdicts.
// Names of firms are invented and exist nowhere.
import type {
  ProfileLibraryView,
  ProfileRowView,
  ProfilesJudgedView,
  ProfileSignerView,
  ProfileVerdictView,
} from '#devices/calls/profiles-views.ts'

const noSigner: ProfileSignerView = {
  state: 'unsigned',
  by: '',
  certSerial: '',
  signedAtIso: null,
  trusted: false,
  why: '',
}
export const signed: ProfileSignerView = {
  ...noSigner,
  state: 'signed',
  by: '测试签名人',
  certSerial: '5C01',
  signedAtIso: '2026-11-20T08:00:00.000+08:00',
}

const row = (over: Partial<ProfileRowView>): ProfileRowView => ({
  id: 'rsu/generic/generic-ver',
  kind: 'rsu',
  vendor: 'generic',
  model: 'generic-ver',
  title: { zh: '通用天线', en: 'Generic RSU' },
  revision: 1,
  status: 'documented',
  origin: 'builtIn',
  signature: { ...noSigner, state: 'builtIn' },
  lanes: [],
  drives: 'lane',
  ...over,
})

const use = { laneId: 'exit', field: '/lanes/1/rsu', url: 'tcp://192.0.2.7:3009' }

export const profileLibrary: ProfileLibraryView = {
  lotId: 'GX00012',
  lotName: { zh: '演示停车场', en: 'Demo lot' },
  generation: 1,
  importedAtIso: '2026-11-20T08:00:00.000+08:00',
  canUndo: true,
  rows: [
    row({ id: 'loop/generic/contact', kind: 'loop', model: 'contact', status: 'assumed' }),
    row({ lanes: [use] }),
    row({
      id: 'rsu/acme/one',
      vendor: 'acme',
      model: 'one',
      status: 'verified-on-unit',
      origin: 'imported',
      signature: signed,
      revision: 4,
    }),
    row({
      id: 'barrier/generic/modbus-relay',
      kind: 'barrier',
      model: 'modbus-relay',
      status: 'simulated',
      origin: 'replaced',
      signature: noSigner,
    }),
  ],
  broken: [],
}

const verdict = (over: Partial<ProfileVerdictView>): ProfileVerdictView => ({
  file: 'one.json',
  verdict: 'new',
  id: 'rsu/acme/one',
  title: { zh: '天线一型', en: 'RSU one' },
  status: 'documented',
  revision: 4,
  installedRevision: null,
  examples: 7,
  signature: noSigner,
  findings: [],
  differing: 0,
  differences: [],
  lanes: [],
  drives: 'lane',
  ...over,
})

export const refusedVerdict = verdict({
  file: 'bad.json',
  verdict: 'refused',
  id: null,
  title: null,
  status: null,
  revision: null,
  drives: null,
  findings: [
    {
      code: 'FILE-02',
      pointer: '/__proto__',
      value: '__proto__',
      note: 'line 1, column 2: this member name is not allowed',
    },
  ],
})

export const profilesJudged: ProfilesJudgedView = {
  generation: 1,
  files: [
    verdict({}),
    verdict({
      file: 'two.json',
      verdict: 'changed',
      id: 'rsu/acme/two',
      revision: 5,
      installedRevision: 4,
      signature: signed,
      differing: 1,
      differences: [{ change: 'changed', pointer: '/revision', old: '4', new: '5' }],
      lanes: [use],
    }),
    verdict({ file: 'same.json', verdict: 'same', id: 'display/acme/same', drives: 'nothing' }),
    refusedVerdict,
  ],
}
