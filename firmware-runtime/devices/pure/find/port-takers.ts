// Programs of Linux systems that take serial adapters for themselves, and how to keep each from this adapter: brltty claims
// USB bridges for Braille displays, ModemManager opens each new port to look for a modem.

interface Usb {
  readonly vendorId: string
  readonly productId: string
}

/** By the name of the process; `usb`: numbers of the adapter, null: unknown. A command, or a file and its rule. */
const ways: Readonly<Record<string, (usb: Usb | null) => string>> = {
  brltty: () => 'sudo systemctl mask --now brltty-udev.service brltty.service',
  ModemManager: (usb) =>
    usb === null
      ? 'sudo systemctl disable --now ModemManager'
      : `/etc/udev/rules.d/78-etc-lane.rules: ATTRS{idVendor}=="${usb.vendorId}", ATTRS{idProduct}=="${usb.productId}", ENV{ID_MM_DEVICE_IGNORE}="1"`,
}

/** Null: an ordinary program, which a person closes. */
export const wayOutOf = (program: string, usb: Usb | null): string | null =>
  Object.hasOwn(ways, program) ? (ways[program]?.(usb) ?? null) : null
