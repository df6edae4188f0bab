// The makes of cameras that are spoken to over TCP, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { TcpMake } from './tcp-make.ts'
import { vzTcp } from './vz/tcp.ts'

export const tcpMakes: readonly TcpMake[] = [vzTcp]
