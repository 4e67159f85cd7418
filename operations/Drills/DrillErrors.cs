using System.Net.Sockets;
using System.Text.Json;
using AppStack.Components.Lab;
using AppStack.Operations.Verification;
using Npgsql;
using Spectre.Console;

namespace AppStack.Operations.Drills;

/// <summary>
/// What goes wrong in a drill whose load has begun. It is kept, and what was measured is reported all the same: a drill that goes badly says most.
/// </summary>
/// <param name="environment">The environment, for the advice.</param>
/// <param name="tell">Hears of each error when it happens.</param>
/// <param name="cancellationToken">The drill's own: who gives it up wants no report.</param>
internal sealed class DrillErrors(string environment, Action<string> tell, CancellationToken cancellationToken)
{
    private readonly List<string> _texts = [];

    /// <summary>Whether anything went wrong.</summary>
    public bool Any => _texts.Count > 0;

    /// <summary>What went wrong, in order, and where to look; <see langword="null"/>: nothing did.</summary>
    public string? Text => Any ? $"{string.Join("; then ", _texts)}. `appstack status {environment}` says what is wrong now and what to do about it" : null;

    /// <summary>Whether an exception tells of the platform, and not of a mistake in this program.</summary>
    public static bool Expected(Exception exception) => exception is OperationException or LabException or NpgsqlException or InvalidOperationException
        or IOException or SocketException or TimeoutException or HttpRequestException or FormatException or JsonException;

    /// <summary>Writes for people what ended a drill early; nothing when nothing did.</summary>
    public static void Write(IAnsiConsole console, string? error)
    {
        if (error is not null)
        {
            console.MarkupLine($"[red]error:[/] {Markup.Escape(error)}");
        }
    }

    /// <summary>What of the platform is off when the drill is over; empty also when nobody could tell, which is then among the errors.</summary>
    /// <param name="platform">The platform.</param>
    public async Task<IReadOnlyList<VerifyCheck>> VerifyAsync(IVerifiedPlatform platform)
    {
        IReadOnlyList<VerifyCheck> off = [];
        await TryAsync("verify", async () => off = [.. (await platform.VerifyAsync(cancellationToken)).Off]);
        return off;
    }

    /// <summary>Does something; what goes wrong is told and kept.</summary>
    /// <param name="what">What is done, where errors do not say it themselves; empty: they do.</param>
    /// <param name="action">Does it.</param>
    public async Task TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (Expected(exception) || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var message = exception is OperationCanceledException ? "it took too long" : exception.Message.TrimEnd('.', '\n');
            _texts.Add(what.Length > 0 ? $"{what}: {message}" : message);
            tell($"error: {_texts[^1]}");
        }
    }
}
