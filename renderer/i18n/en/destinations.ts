// English words of the platforms beside the expansion platform, as the set-up asks for them: the operator's, that of the
// ETC operator, the one that reserves bays, and the key that a form seals.

export const destinations = {
  destinations: {
    open: 'not filled in yet',
    records: 'Plates at exits and hourly batches go to the expansion platform as well',
    recordsWhy: 'Table G.1, rows 11 to 13; only where the expansion platform takes them',
    urlWho: 'In their letter, for example https://park.example.com',
    appIdWho: 'In their letter',
    certDirWho:
      'With client.pem, client.key.pem and platform.pem in it. Each platform has a folder of its own',
    caFileWho: 'The ca.pem that came with the certificates',
  },
  operator: {
    title: "Operator's platform",
    none: 'none: records go to the expansion platform alone',
    has: "Records go to the operator's platform as well",
    why: 'Entries, exits, plates, hourly batches, shifts and running monitoring (table G.1, rows 2 and 4 to 14). Where somebody operates the car park',
  },
  etcOperator: {
    title: "ETC operator's platform",
    none: 'none: settings are changed here',
    has: 'The running configuration comes from the ETC operator',
    why: 'It rules large amounts and caps without network, taken over between cars (table G.1, row 3)',
  },
  reservation: {
    title: 'Platform for reservations',
    none: 'none: nobody reserves bays',
    has: 'Join a platform for reserved and shared bays',
    why: 'It sells bays for a time: a reserved car gets in, another one may have to wait',
    broker: 'MQTT address',
    brokerWho: 'On the papers of the platform, for example mqtts://park.example.com:8883',
    url: 'HTTPS address',
    urlWho: 'For while the broker is out of reach. Empty: messages wait for it',
    appId: 'Channel number',
    appIdWho: 'On the papers of the platform: letters, digits and -',
    parkCode: 'Code of the car park',
    parkCodeWho: 'As the platform calls it, which may be another than the number above',
    caFileWhy:
      'Only where the platform has an authority of its own; empty: those that this machine knows',
    spaces: 'Bays that may be reserved',
    spacesWhy: 'At most those of the car park. Shared bays are counted by their own times',
    bays: 'bays',
    key: {
      set: 'The key is sealed to this machine',
      absent: 'No key yet: no reservations come in and nothing is told',
      none: 'Put the key in when the lines above are saved',
    },
    keyWhy:
      'One line from the platform, without blanks. Sealed, it is never shown again and stands in no file',
  },
  key: {
    typed: 'Paste the key',
    keep: 'Seal it',
    file: 'Or read it from a file',
    kept: 'Sealed: {ids}',
  },
}
