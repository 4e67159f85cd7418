using System.Text;
using AppStack.Cli.Hosting;

namespace AppStack.Cli.Tests;

/// <summary>A terminal that remembers what was written and answers with what it was given.</summary>
internal sealed class FakeTerminal
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly MemoryStream _bytes = new();

    public FakeTerminal(string input = "", bool canAsk = false) => Terminal = new Terminal
    {
        Out = _out,
        OutBytes = _bytes,
        Error = _error,
        In = new StringReader(input),
        CanAsk = canAsk,
    };

    public Terminal Terminal { get; }

    public string Out => _out + Encoding.UTF8.GetString(_bytes.ToArray());

    public string Error => _error.ToString();
}
