namespace AppStack.Stacks.Environments.Reading;

/// <summary>Where each key path of a descriptor stands in its file.</summary>
internal sealed class SourceMap
{
    private readonly Dictionary<string, SourceMark> _marks = new(StringComparer.Ordinal);

    /// <summary>Notes the place of a path; the first one stays.</summary>
    public void Add(string path, SourceMark mark) => _marks.TryAdd(path, mark);

    /// <summary>The place of a path, or of the nearest thing around it: a missing key is reported where its object begins.</summary>
    public SourceMark Find(string path)
    {
        for (var at = path; ;)
        {
            if (_marks.TryGetValue(at, out var mark))
            {
                return mark;
            }

            var cut = at.LastIndexOfAny(['.', '[']);
            if (cut < 0)
            {
                return _marks.TryGetValue("", out var root) ? root : new SourceMark(1, 1);
            }

            at = at[..cut];
        }
    }
}
