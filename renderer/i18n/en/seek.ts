// English words of looking around: exactly the keys of the Chinese ones.
// What is wrong and what to do stands in the fault table, by code.

export const seek = {
  seek: {
    title: 'Devices on the network and on USB',
    why: 'Nothing is sent until you press: cameras by ONVIF and the search of their maker, lane computers by mDNS, 3 s each. Listing USB devices sends nothing.',
    cards: 'Network cards used: {cards}',
    noCards: 'No network card to ask on: plug in the cable or switch on the wireless, then search.',
    begin: { cameras: 'Find cameras', lanes: 'Find lane computers', hid: 'List USB devices' },
    at: 'One camera only, for example 192.168.1.64',
    ask: 'Ask that address',
    busy: '{what} · {n} s of {of} s',
    cancel: 'Cancel',
    found: {
      cameras: 'Cameras',
      lanes: 'Lane computers',
      hid: 'Scanners, readers and what types, on USB',
      printers: 'Printers on USB',
    },
    none: {
      cameras:
        'No camera answered. Check power and cable; it must be in the same network with ONVIF or the search of its maker on. Across a router, type its address above.',
      lanes:
        'No lane computer answered. One announces itself only on the network cards it was told to use.',
      hid: 'No USB HID device. Plug in the scanner or card reader and list again.',
      printers:
        'No USB printer. Switch it on, plug it in and list again; on Windows, share its queue and name it in the form of printers.',
    },
    by: { onvif: 'ONVIF', sadp: 'Hikvision (SADP)', dahua: 'Dahua' },
    col: {
      by: 'Found by',
      address: 'Address',
      name: 'Name',
      hardware: 'Model',
      services: 'Service address',
      lot: 'Lot',
      node: 'Node',
      version: 'Version',
      usb: 'USB number',
      maker: 'Maker',
      product: 'Product',
      link: 'Address in the lot',
    },
    asked: 'Dahua camera, asked by this machine',
    account:
      'It signs in as admin; change the account, and type its password, in the form of devices of the set-up, then test it there.',
    copy: 'Copy',
    copied: 'Copied',
    camera: {
      title: 'Cameras of the lanes',
      why: 'One that pushes: where to, what the firewall must let through, what came last. One with a password: it is asked once, a wrong password is tried once.',
      address: 'Address of the camera (optional), for example 192.168.1.64',
      look: 'Diagnose camera {lane}',
      looking: 'Asking camera {lane}, 5 s at most',
      type: 'Type into the camera',
      card: 'Network card',
      noCard: 'not known: type the address of the camera and diagnose again',
      windows: 'Windows firewall',
      linux: 'Linux firewall',
      last: 'Last push',
      never: 'none yet',
      refused: 'Last push that could not be used',
      counts:
        '{pushes} in all, {bad} not readable, {sources} from refused sources, {paths} to wrong paths',
      fine: 'in order',
      neither: 'It neither pushes nor has a password: see its dot in the top bar.',
      status: 'The camera answers HTTP {status}',
    },
  },
}
