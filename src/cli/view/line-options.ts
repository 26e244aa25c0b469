import type { Colors } from '../terminal/colors.ts'
import type { Width } from './text-layout.ts'

export interface LineOptions {
  readonly width: Width
  readonly colors: Colors
}
