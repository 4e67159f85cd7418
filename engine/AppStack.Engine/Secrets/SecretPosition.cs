using System.Text;

namespace AppStack.Engine.Secrets;

/// <summary>
/// Where a value is while state is read or written: resource, section and path. A secret that has the same value at the same position
/// keeps its ciphertext, so that state does not churn; ciphertexts are never shared between positions, because that would tell that two
/// secrets are equal.
/// </summary>
internal sealed class SecretPosition
{
    private string[] _segments = new string[16];
    private int _depth;

    public string Root { get; private set; } = "";

    public void Start(string root)
    {
        Root = root;
        _depth = 0;
    }

    public void Push(string segment)
    {
        if (_depth == _segments.Length)
        {
            Array.Resize(ref _segments, _depth * 2);
        }

        _segments[_depth++] = segment;
    }

    public void Pop() => _depth--;

    public override string ToString()
    {
        var text = new StringBuilder(Root);
        for (var i = 0; i < _depth; i++)
        {
            text.Append('\0').Append(_segments[i]);
        }

        return text.ToString();
    }
}
