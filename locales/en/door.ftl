# Pictures, QR cards and what waits on this device: what children see at the class page's door.

avatar-title = Choose my picture
avatar-change = Change
avatar-keep = Keep it
avatar-save = This one
avatar-heads = Picture
avatar-grounds = Colour behind it
avatar-bear = Bear
avatar-cat = Cat
avatar-rabbit = Rabbit
avatar-panda = Panda
avatar-fox = Fox
avatar-owl = Owl
avatar-frog = Frog
avatar-chick = Chick
avatar-penguin = Penguin
avatar-koala = Koala
avatar-dog = Dog
avatar-mouse = Mouse
avatar-deer = Deer
avatar-hedgehog = Hedgehog
avatar-whale = Whale
avatar-tiger = Tiger
avatar-pig = Pig
avatar-ground-0 = Sky blue
avatar-ground-1 = Lilac
avatar-ground-2 = Fresh green
avatar-ground-3 = Mint
avatar-ground-4 = Moon grey
avatar-ground-5 = Pale yellow
avatar-ground-6 = Peach

card-title = My card
card-enter = That’s me
card-to-class = To the class page
card-problem-unknown = This is no card of our class. Tapping your own picture works too.
card-problem-old = This card was replaced. Ask your teacher for a new one, or tap your own picture.
