import { describe, expect, it } from 'vitest'
import { playStories } from '../../../src/cli/acceptance/play-stories.ts'
import { Journal } from '../../../src/cli/acceptance/journal.ts'
import { Stage, StoryFailure } from '../../../src/cli/acceptance/stage.ts'
import type { Story } from '../../../src/cli/acceptance/story.ts'
import { FakeClock } from '../../fake-clock.ts'

const stage = () =>
  new Stage(
    {
      name: 'aws',
      resourceType: 'Custom::AwsCloudFormationStack',
      cause: /Gate/,
      properties: () => ({}),
      reading: () => ({}),
    },
    {
      journal: new Journal(
        {
          read: () => Promise.resolve(undefined),
          write: () => Promise.resolve(),
          forget: () => Promise.resolve(),
          release: () => Promise.resolve(),
        },
        { version: 1, run: 'r1', rosStackId: 'id', sandbox: false, entries: {} },
      ),
      subject: 'aws',
      send: () => Promise.resolve({ ok: false, reason: 'none' }),
      requestId: () => 'request',
    },
    () => 'secret',
  )

const story = (id: string, play: Story['play'], ...needs: readonly string[]): Story => ({
  id,
  title: id,
  needs,
  play,
})

async function results(...stories: readonly Story[]) {
  const played: unknown[] = []
  for await (const { story, result, detail } of playStories(stories, stage(), new FakeClock()))
    played.push([story, result, detail])
  return played
}

describe('the stories of an acceptance run', () => {
  it('go on after a failure, without those that need the failed one', async () => {
    const failing = () => Promise.reject(new StoryFailure('SUCCESS was expected'))
    const passing = () => Promise.resolve(undefined)
    expect(
      await results(
        story('create', failing),
        story('update', passing, 'create'),
        story('delete', passing, 'update'),
        story('other', () => Promise.resolve('seen')),
      ),
    ).toEqual([
      ['create', 'failed', 'SUCCESS was expected'],
      ['update', 'not run', 'needs create, which did not pass'],
      ['delete', 'not run', 'needs update, which did not pass'],
      ['other', 'passed', 'seen'],
    ])
  })

  it('end with an error that is no failure of the story', async () => {
    await expect(results(story('create', () => Promise.reject(new TypeError('bug'))))).rejects.toThrow('bug')
  })
})
