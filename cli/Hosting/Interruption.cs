using System.Runtime.InteropServices;

namespace AppStack.Cli.Hosting;

/// <summary>
/// Ctrl-C and termination: the first one asks for a graceful stop, the second one breaks off what runs, the third one ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Running steps finish, nothing new begins.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Running steps are broken off.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>Listens to the signals of this process.</summary>
    public static Interruption OfProcess()
    {
        var interruption = new Interruption();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            interruption._signals.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = interruption.Request()));
        }

        return interruption;
    }

    /// <summary>Takes one request to stop, as a signal does.</summary>
    /// <returns>Whether the process goes on.</returns>
    public bool Request()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
            return true;
        }

        if (!_abort.IsCancellationRequested)
        {
            _abort.Cancel();
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
        _abort.Dispose();
    }
}
