// English words of devices that lanes drive, on the find page: taking over, opening, giving back.
// The words of taking over itself are those of the safety page.

export const held = {
  held: {
    title: 'Devices in use by the lanes',
    why: 'Once taken over, a device can be opened, looked at and set here. The lane has it again when it is given back, when its time is up, or when this window is closed.',
    notOpen: 'handed over, not open yet',
    opening: 'opening, waiting for its answer',
    opened: 'open',
    open: 'Open',
    close: 'Close the link',
    shared:
      'Cannot be taken over: {others} share this link and would be cut off too. Stop the lane program first, or give each a link of its own.',
    viaShort: 'on the output of camera {camera}',
    via: 'The barrier is switched by an output of camera {camera}: its output and inputs are handed over together (link {link}).',
    viaReads: 'The camera goes on reading plates for {lanes}.',
    viaNone: 'That camera reads plates for no lane, or pushes them by itself.',
  },
}
