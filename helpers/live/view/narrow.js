// On a narrow page Python draws the picture again, its columns below each other.
const READABLE = 0.75; // of its size: there 12 px of text are 9 px

// Narrower than this a picture is scrolled, where no Python answers.
const least = (width) => Math.min(width, width > 600 ? 600 : width > 400 ? 340 : 270);

// Tells Python which of the two there is room for.
function fitsThePage(root, model) {
  const wide = model.get("wide");
  let asked = null;
  const sized = new ResizeObserver(() => {
    const there = root.parentElement?.clientWidth;
    const narrow = there < READABLE * wide;
    if (!there || narrow === asked || model.get("offline")) return;
    asked = narrow;
    if (narrow !== model.get("size")[0] < wide) model.send({ narrow });
  });
  sized.observe(root.parentElement);
  return sized;
}

async function render({ model, el }) {
  let stop = await draw({ model, el });
  let turn = Promise.resolve();
  const again = () => {
    turn = turn.then(async () => {
      stop();
      el.replaceChildren();
      stop = await draw({ model, el });
    });
  };
  model.on("change:size", again);
  return () => {
    model.off("change:size", again);
    turn.then(() => stop());
  };
}
