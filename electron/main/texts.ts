// The few sentences of the main process, in both languages at once: it does not know
// the language of the page, and a question about money must be understood.

const both = (zh: string, en: string): string => `${zh}\n${en}`

export const texts = {
  closeTitle: 'ETC Lane Studio',
  closeMessage: (unsent: number) =>
    both(`还有 ${unsent} 条记录没有上传`, `${unsent} records are not uploaded yet`),
  closeDetail: both(
    '记录已安全保存在本机账本里。关闭后不再上传,下次打开时继续。',
    'They are safe in the ledger of this machine. Closing stops the upload; it goes on at the next start.',
  ),
  closeStay: '继续运行 Keep running',
  closeAnyway: '仍然关闭 Close anyway',
  trayTip: 'ETC Lane Studio',
  trayOpen: '打开窗口 Open the window',
  trayQuit: '停止车道并退出 Stop the lanes and quit',
  openTitle: '选择停车场的文件夹 Choose the folder of the car park',
  startPage: '开始页 Start page',
  stopTitle: '回到开始页 Back to the start page',
  stopMessage: both('正在运行的车道会停止', 'The lanes that run will stop'),
  stopDetail: both(
    '停止后,车要由人放行。记录已保存,再打开这个停车场时继续。',
    'Cars then need a person. Records are kept, and it goes on when the car park is opened again.',
  ),
  stopStay: '继续运行 Keep running',
  stopLanes: '停止车道 Stop the lanes',
  notSaved: both('文件没有保存', 'The file was not saved'),
  notSavedWhy: both(
    '写到一半停了:看看磁盘还有没有空间、U 盘还在不在,再存一次。',
    'Writing it stopped half-way: check that the disk has room and the stick is still in, then save it again.',
  ),
  noService: both(
    '系统服务没有启动车道,车道已经回到这个窗口里运行',
    'The service did not begin the lanes; this window runs them again',
  ),
  noServiceWhy: both(
    '车辆照常进出;这台电脑重启后,车道不会自己启动。看“这台电脑”,按所示的原因处理后再装一次。',
    'Cars pass as before; after a restart of this computer the lanes do not begin by themselves. See This computer, remove the cause it shows and install again.',
  ),
  larger: '放大 Larger',
  smaller: '缩小 Smaller',
  asWindow: '随窗口大小 As the window',
  viewMenu: '视图 View',
  appMenu: '程序 Program',
  editMenu: '编辑 Edit',
  quit: '退出 Quit',
  atLogin: '登录时打开 Open at sign-in',
  refused: (name: string) =>
    `程序不接受参数 --${name}，没有启动\nThis build does not accept --${name}; it was not started\n`,
} as const
