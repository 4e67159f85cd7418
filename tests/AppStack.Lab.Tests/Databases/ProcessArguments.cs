using System.Globalization;

namespace AppStack.Lab.Tests.Databases;

/// <summary>
/// Remembers the arguments of every process on this host that it gets to see in <c>/proc</c>, which it reads over and over: not of each that lives
/// for a millisecond, but of whatever is started dozens of times.
/// </summary>
internal sealed class ProcessArguments
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>What was seen, an entry per command line.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Watches until it is disposed.</summary>
    public IDisposable Watch() => new Watcher(_seen);

    private sealed class Watcher : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _stop;

        public Watcher(HashSet<string> seen)
        {
            _thread = new Thread(() =>
            {
                while (!_stop)
                {
                    foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
                    {
                        if (Read(folder) is { Length: > 0 } line)
                        {
                            seen.Add(line);
                        }
                    }
                }
            })
            { Priority = ThreadPriority.BelowNormal, IsBackground = true };
            _thread.Start();
        }

        public void Dispose()
        {
            _stop = true;
            _thread.Join();
        }

        // A process may be gone before its folder is looked into.
        private static string Read(string folder)
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim();
            }
            catch (IOException)
            {
                return "";
            }
        }
    }
}
