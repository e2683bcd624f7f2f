# Play first: practising with Dou the little fox to say what can be seen.

practice-title = Play first
practice-how = Look at things with Dou the little fox
practice-kind = Nothing is right or wrong: just say what you see.
practice-friend = A friend saw it like this:
practice-missing = Tap one first, then see how a friend saw it.
practice-look = Ask a friend
practice-next = Next one
practice-finish = Finish
practice-later = Play later
practice-progress = Number { $now } of { $of }
practice-end = To evaluate is to say what you saw.
practice-cards = Begin for real

practice-low-1-what = Rabbit has fallen. Dou runs over and helps her up.
practice-low-1-ask = Helps classmates in trouble
practice-low-1-why = He saw Dou run over at once and help Rabbit up.
practice-low-2-what = After the lesson Dou picks up a piece of paper.
practice-low-2-ask = No paper under the desk
practice-low-2-why = He saw Dou pick up one; one is still under the chair.
practice-low-3-what = Dou is skipping in the playground.
practice-low-3-ask = Sings out loud without being shy
practice-low-3-why = Nobody sings in the picture. What you did not see, you did not see.

practice-middle-1-what = All this week Dou let Bear finish before speaking, and reminded everybody to take turns.
practice-middle-1-ask = Listens to the end before speaking
practice-middle-1-why = He saw Dou listen each time and remind everybody to take turns.
practice-middle-2-what = In the long run Dou reached the finish every day this week.
practice-middle-2-ask = Keeps going in the long run
practice-middle-2-why = He saw Dou reach the finish every day, and did not see Dou teach others.
practice-middle-3-what = In the art lesson Dou painted a rainbow.
practice-middle-3-ask = Does class duty without being told
practice-middle-3-why = Class duty cannot be seen while painting. Not seen is an answer too.

practice-high-1-what = The paper bridge kept falling. Dou said: “Let us try triangles.” Everybody joined in.
practice-high-1-ask = Has ideas when the group explores
practice-high-1-why = He saw Dou have an idea, and saw the others try it.
practice-high-2-what = For the class party Bear wants a song, Dou a play. In three of five talks Dou let Bear finish before speaking.
practice-high-2-ask = Listens to other opinions and accepts them
practice-high-2-why = He saw Dou listen to the end three times out of five.
practice-high-3-what = In the long break Dou leads the younger children's exercises.
practice-high-3-ask = Helps to decorate the classroom
practice-high-3-why = Decorating cannot be seen in the playground. Not seen is an answer too.
