import fc from 'fast-check'

/** Words of several scripts, with characters that take one place, two, or none. */
export const anyText = fc
  .array(
    fc.constantFrom(
      'a',
      'Z',
      '9',
      ' ',
      '-',
      '/',
      '存',
      '储',
      '桶',
      '가',
      'ア',
      '，',
      'é',
      'e\u0301',
      '👩‍👧',
      '🚀',
    ),
    {
      maxLength: 90,
    },
  )
  .map((parts) => parts.join(''))
