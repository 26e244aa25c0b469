import type { Clock } from '../../platform/clock.ts'
import type { StoryReport } from '../report.ts'
import { StoryFailure, StoryNotRun, type Stage } from './stage.ts'
import type { Story } from './story.ts'

export type StoryResult = Omit<StoryReport, 'type'>

/** Plays stories in order, each as soon as those that it needs have passed. */
export async function* playStories(
  stories: readonly Story[],
  stage: Stage,
  clock: Clock,
): AsyncGenerator<StoryResult> {
  const { name } = stage.subject
  const passed = new Set<string>()
  for (const story of stories) {
    const missing = story.needs.find((id) => !passed.has(id))
    const startedAt = clock.now()
    const { result, detail } =
      missing === undefined
        ? await play(story, stage)
        : { result: 'not run' as const, detail: `needs ${missing}, which did not pass` }
    if (result === 'passed') passed.add(story.id)
    yield {
      subject: name,
      story: story.id,
      title: story.title,
      result,
      ...(detail === undefined ? {} : { detail }),
      elapsedMs: clock.now() - startedAt,
    }
  }
}

async function play(story: Story, stage: Stage): Promise<Pick<StoryResult, 'result' | 'detail'>> {
  try {
    const detail = await story.play(stage)
    return { result: 'passed', ...(detail === undefined ? {} : { detail }) }
  } catch (error) {
    if (error instanceof StoryNotRun) return { result: 'not run', detail: error.message }
    if (error instanceof StoryFailure) return { result: 'failed', detail: error.message }
    throw error
  }
}
