// Words of finding devices: ports, what was heard, what is connected.
// What is wrong and what to do stands in the fault table, by code.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const find = {
  find: {
    mode: t('工作台', 'Workbench'),
    key: t('查找设备', 'Find devices'),
    demoTitle: t('演示不碰真实设备', 'The demo touches no real device'),
    demoWhy: t(
      '切换到工作台:演示停止,这里列出本机串口,可查找、诊断、连接天线。不需要先建停车场。',
      "Switch to the workbench: the demo stops, and this computer's serial ports are listed here so you can find, diagnose and connect an antenna. You need not set up a car park first.",
    ),
    toBench: t('切换到工作台', 'Switch to the workbench'),
    toDemo: t('去看演示', 'Go to the demo'),
    ports: t('本机串口上的天线 (RSU)', "Antennas (RSU) on this computer's serial ports"),
    portsWhy: t(
      '这里找的是天线;继电器板、相机、显示屏不在这里作答。查找时先听,再询问 (关天线或问 PSAM);不改动任何设置,不会扣费。',
      'This finds antennas; relay boards, cameras and displays do not answer here. A search listens first, then queries (antenna off, or PSAM status). It changes no settings and never debits.',
    ),
    none: t('没有串口', 'No serial port'),
    noneWhy: t(
      '插上 USB 转串口线,这里会自动出现。仍没有时,检查驱动 (Windows 设备管理器)。',
      'Plug in the USB serial adapter: it appears here automatically. If not, check its driver (Device Manager on Windows).',
    ),
    list: t('重新列出', 'List again'),
    searchAll: t('在全部空闲串口找天线', 'Search all free ports for antennas'),
    cancel: t('取消', 'Cancel'),
    busy: t(
      '正在查看 {link} · 第 {n} 个,共 {of} 个 · {seconds} 秒',
      'Looking at {link} · {n} of {of} · {seconds} s',
    ),
    col: {
      port: t('串口', 'Port'),
      adapter: t('转换器', 'Adapter'),
      state: t('状态', 'State'),
      found: t('听到的内容', 'Heard'),
      act: t('操作', 'Actions'),
    },
    state: {
      free: t('空闲', 'free'),
      held: t('被占用', 'in use'),
      forbidden: t('无权限', 'no access'),
      absent: t('不在', 'gone'),
      ours: t('本程序在用', 'in use here'),
    },
    lastTime: t('上次用过', 'used last time'),
    driver: t(
      '驱动 Windows: {windows} · Linux: {linux}',
      'Driver Windows: {windows} · Linux: {linux}',
    ),
    builtIn: t('机内串口', 'built-in port'),
    notLooked: t('还没有查看', 'not looked at yet'),
    speaks: t('协议 {variant} · {baud} 波特', 'speaks {variant} · {baud} baud'),
    device: t('设备 {rsuId} · 软件 {software}', 'device {rsuId} · software {software}'),
    models: t('设备库认得这个型号', 'Model known in the device library'),
    look: t('诊断', 'Diagnose'),
    connect: t('连接', 'Connect'),
    connectOpen: t('连接并打开设置', 'Connect and open its settings'),
    enter: t('回车', 'Enter'),
    disconnect: t('断开', 'Disconnect'),
    other: t('其他链路', 'Another link'),
    otherWhy: t(
      '别处的天线:串口路径或 tcp://地址:端口;网络只在您点击时才访问。',
      'An antenna elsewhere: a serial path or tcp://address:port. The network is used only when you click.',
    ),
    otherLabel: t(
      '链路,例如 serial:/dev/ttyUSB0 或 tcp://192.168.1.60:60001',
      'Link, for example serial:/dev/ttyUSB0 or tcp://192.168.1.60:60001',
    ),
    hosts: t('在该地址的常用端口找天线', 'Search usual ports of this address for antennas'),
    report: t('诊断结果 {link}', 'Diagnosis of {link}'),
    fine: t('正常:天线应答', 'Working: the antenna answers'),
    wire: t('线上数据', 'Data on the line'),
    speedCol: {
      baud: t('速率', 'Speed'),
      bytes: t('收到', 'Received'),
      framed: t('成帧', 'In frames'),
      zeros: t('NUL 字节', 'NUL'),
      variant: t('协议', 'Variant'),
      sample: t('开头字节', 'First bytes'),
    },
    bytes: t('{n} 字节', '{n} bytes'),
    socket: t('网络', 'network'),
    connecting: t('正在连接 {link}', 'Connecting {link}'),
    settings: t('打开设置', 'Open its settings'),
    auto: t('插上后自动连接上次的设备', 'Reconnect the last device when plugged in'),
    last: t('上次: {link} · {time}', 'Last: {link} · {time}'),
    lane: t(
      '这里是运行中的停车场:车道占用的设备,接管后才会打开。',
      'A car park is running here: take over a device used by a lane before opening it.',
    ),
  },
}
