import { DRIFT_DETECTORS, PLANNERS, type ProviderName } from './clouds.ts'
import { FAULTS } from './faults.ts'
import { nameOf, play, type HistoryPlan, type PlayedHistory } from './play.ts'
import { DRIFT_STORIES, isStoryName, PLANNED_STORIES, stories, type StoryName } from './stories.ts'
import { MODES } from './world.ts'

/** One history of this many is in the sample. */
const SAMPLED = 12

export type Choice = 'all' | 'sample'

/**
 * Plays each story of a provider without a fault, and then with each fault at each effect: all of them, or a sample that
 * is the same each time. `isWanted` names histories that the sample has to have.
 */
export async function* playHistories(
  provider: ProviderName,
  choice: Choice,
  isWanted: (name: string) => boolean,
): AsyncGenerator<PlayedHistory> {
  for (const story of storiesFor(provider))
    for (const mode of MODES) {
      const undisturbed = await play({ provider, story, mode })
      yield undisturbed
      for (const { name: at, kind: effect } of undisturbed.effects)
        for (const kind of FAULTS[effect]) {
          const plan: HistoryPlan = { provider, story, mode, fault: { kind, at } }
          const name = nameOf(plan)
          if (choice === 'all' || isWanted(name) || hashOf(name) % SAMPLED === 0) yield await play(plan)
        }
    }
}

function storiesFor(provider: ProviderName): StoryName[] {
  const canPlan = PLANNERS.includes(provider)
  const detectsDrift = DRIFT_DETECTORS.includes(provider)
  return Object.keys(stories)
    .filter(isStoryName)
    .filter((story) => canPlan || !PLANNED_STORIES.includes(story))
    .filter((story) => detectsDrift || !DRIFT_STORIES.includes(story))
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
