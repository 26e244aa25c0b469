import type { Clock, EpochMs } from '../../platform/clock.ts'
import { createColors, type Colors } from './colors.ts'
import type { Renderer, Report, TroubleReport } from '../report.ts'
import { printableDeep } from './terminal-text.ts'
import { liveLines, workingText } from '../view/live-lines.ts'
import { workingLine } from '../view/progress-lines.ts'
import { linesOf } from '../view/report-lines.ts'
import type { Width } from '../view/text-layout.ts'
import { afterReport, emptyView, type ViewState } from '../view/view-state.ts'

export interface Screen {
  /** Prints finished lines. */
  print(lines: readonly string[]): void
  /** What is shown below the finished lines, in place of what was shown there before. A log has no such place. */
  readonly live?: (lines: readonly string[]) => void
  /** Columns; `undefined` where lines may have any length. */
  width(): Width
  /** Rows of a terminal. */
  height(): number
}

/** How often a terminal's live lines are drawn; milliseconds. */
const FRAME_MS = 100
/** After how much silence a log is told what is being worked on; milliseconds. */
const SILENCE_MS = 30_000

/** For people: lines of text, and on a terminal below them what is being worked on. */
export function createTextRenderer(screen: Screen, colored: boolean, clock: Clock): Renderer {
  return new TextRenderer(screen, createColors(colored), clock)
}

class TextRenderer implements Renderer {
  readonly #screen: Screen
  readonly #colors: Colors
  readonly #clock: Clock
  #state: ViewState
  #lastPrintAt: EpochMs
  /** Held back until the next report: the reason of the answer may hold the same sentence. */
  #refusal: TroubleReport | undefined
  #lastTrouble: string | undefined
  /** By custom resource: a search that is repeated is shown once. */
  readonly #lastAction = new Map<string | null, string>()
  #ticking: AbortController | undefined
  #isClosed = false

  constructor(screen: Screen, colors: Colors, clock: Clock) {
    this.#screen = screen
    this.#colors = colors
    this.#clock = clock
    this.#lastPrintAt = clock.now()
    this.#state = emptyView(clock.now())
  }

  report(given: Report): void {
    if (this.#isClosed) return
    // The renderer adds its own colors and line breaks after this.
    const report = printableDeep(given)
    this.#show(report)
    const wasAtWork = this.#state.works.size > 0
    this.#state = afterReport(this.#state, report, this.#clock.now())
    const isAtWork = this.#state.works.size > 0
    // While work goes on, the next frame is soon enough.
    if (wasAtWork !== isAtWork) this.#drawLive()
    if (isAtWork) this.#startTicking()
    else this.#stopTicking()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stopTicking()
    this.#printRefusal()
    this.#screen.live?.([])
  }

  #show(report: Report): void {
    if (report.type === 'status' || this.#isRepeated(report)) return
    this.#printRefusal(report)
    if (report.type !== 'trouble') this.#print(report)
    else if (isRefusal(report)) this.#refusal = report
    else this.#print(report.message === this.#lastTrouble ? { ...report, message: SAME_ERROR } : report)
    if (report.type === 'trouble') this.#lastTrouble = report.message
  }

  #isRepeated(report: Report): boolean {
    if (report.type !== 'asked') {
      if (report.type === 'event' || report.type === 'resource') this.#lastAction.delete(report.resource)
      return false
    }
    const { customResource, action, stackId } = report
    const shown = `${action} ${stackId ?? ''}`
    if (this.#lastAction.get(customResource) === shown) return true
    this.#lastAction.set(customResource, shown)
    return false
  }

  #printRefusal(next?: Report): void {
    const reason = next?.type === 'answer' || next?.type === 'resource' ? (next.reason ?? '') : ''
    if (this.#refusal !== undefined && !reason.includes(this.#refusal.message)) this.#print(this.#refusal)
    this.#refusal = undefined
  }

  #print(report: Report): void {
    const width = this.#screen.width()
    this.#printLines(linesOf(report, this.#state, { width, colors: this.#colors }))
  }

  #printLines(lines: readonly string[]): void {
    if (lines.length === 0) return
    this.#screen.print(lines)
    this.#lastPrintAt = this.#clock.now()
  }

  #drawLive(): void {
    const { live } = this.#screen
    if (live === undefined) return
    const options = {
      now: this.#clock.now(),
      width: this.#screen.width() ?? Infinity,
      // The other half is for what has happened.
      height: Math.max(Math.floor(this.#screen.height() / 2), 3),
      colors: this.#colors,
    }
    live(liveLines(this.#state, options))
  }

  #startTicking(): void {
    if (this.#ticking !== undefined) return
    this.#ticking = new AbortController()
    void this.#tick(this.#ticking.signal)
  }

  #stopTicking(): void {
    this.#ticking?.abort()
    this.#ticking = undefined
  }

  async #tick(signal: AbortSignal): Promise<void> {
    for (;;) {
      const silence = this.#clock.now() - this.#lastPrintAt
      const ms = this.#screen.live === undefined ? Math.max(SILENCE_MS - silence, 1) : FRAME_MS
      try {
        await this.#clock.sleep(ms, signal)
      } catch (error) {
        if (signal.aborted) return
        throw error
      }
      this.#onTick()
    }
  }

  #onTick(): void {
    if (this.#screen.live !== undefined) {
      this.#drawLive()
      return
    }
    const now = this.#clock.now()
    const text = workingText(this.#state, now)
    if (text === undefined || now - this.#lastPrintAt < SILENCE_MS) return
    const options = { width: this.#screen.width(), colors: this.#colors }
    this.#printLines([workingLine(now - this.#state.zeroAt, text, options)])
  }
}

const SAME_ERROR = 'the same error again'

function isRefusal({ kind }: TroubleReport): boolean {
  return kind === 'denied' || kind === 'rejected'
}
