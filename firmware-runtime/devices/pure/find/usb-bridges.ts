// USB bridges that serial adapters are built with, by their USB numbers, and where their driver is.
// Numbers and Linux driver names: the USB id list and the kernel's tables (usb-serial, cdc-acm).
import type { BilingualText } from '#base/pure/faults/faults.ts'

interface UsbBridge {
  readonly vendorId: string
  readonly productIds: readonly string[]
  readonly chip: string
  readonly driver: { readonly windows: string; readonly linux: string }
  readonly note: BilingualText
}

const both = (zh: string, en: string): BilingualText => ({ zh, en })
const comName = both(
  'Windows 里叫 COM 加数字,号码在设备管理器「端口 (COM 和 LPT)」',
  'On Windows it is COM and a number, shown in Device Manager under Ports (COM and LPT)',
)

export const usbBridges: readonly UsbBridge[] = [
  {
    vendorId: '1a86',
    productIds: ['7523', '5523', '7522', '55d3', '55d4', '55d5'],
    chip: 'CH340/CH341/CH343',
    driver: { windows: 'CH341SER / CH343SER (WCH)', linux: 'ch341, cdc_acm' },
    note: comName,
  },
  {
    vendorId: '10c4',
    productIds: ['ea60', 'ea61', 'ea63', 'ea70', 'ea71'],
    chip: 'CP210x',
    driver: { windows: 'CP210x VCP (Silicon Labs)', linux: 'cp210x' },
    note: comName,
  },
  {
    vendorId: '0403',
    productIds: ['6001', '6010', '6011', '6014', '6015'],
    chip: 'FTDI FT232/FT2232/FT4232',
    driver: { windows: 'FTDI VCP (CDM)', linux: 'ftdi_sio' },
    note: comName,
  },
  {
    vendorId: '067b',
    productIds: ['2303', '23a3', '23b3', '23c3', '23d3', '23e3', '23f3'],
    chip: 'PL2303',
    driver: { windows: 'PL2303 (Prolific)', linux: 'pl2303' },
    note: both(
      '旧型号芯片在新版 Windows 上会被驱动拒绝,请换转换器',
      'The driver refuses older chips on a recent Windows: take another adapter',
    ),
  },
]

export const bridgeOf = (vendorId: string, productId: string): UsbBridge | null =>
  usbBridges.find(
    (bridge) =>
      bridge.vendorId === vendorId.toLowerCase() &&
      bridge.productIds.includes(productId.toLowerCase()),
  ) ?? null

/** The rule that gives a seat and a service the right to this adapter; its file sorts before 73-. */
export function udevRule(usb: { vendorId: string; productId: string } | null): string {
  const which =
    usb === null
      ? 'KERNEL=="ttyUSB*|ttyACM*|ttyS*"'
      : `ATTRS{idVendor}=="${usb.vendorId}", ATTRS{idProduct}=="${usb.productId}"`
  const rule = `SUBSYSTEM=="tty", ${which}, GROUP="dialout", MODE="0660", TAG+="uaccess"`
  return `/etc/udev/rules.d/70-etc-lane.rules: ${rule}`
}
