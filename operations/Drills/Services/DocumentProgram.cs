using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Services;

/// <summary>
/// The hidden verb <c>documents</c>: runs in the client node's network, issues documents at a steady rate, verifies each, and writes a line of JSON for
/// each. A request that fails is not tried again: every failure is one that a citizen would have seen.
/// </summary>
public static class DocumentProgram
{
    /// <summary>The verb.</summary>
    public const string Verb = "documents";

    /// <summary>The first line: the first document is due.</summary>
    internal const string Ready = "ready";

    // A valid tax number of nobody.
    private const string TaxNumber = "090000045";

    /// <summary>Issues documents until standard input is closed, and waits for the answers that are under way.</summary>
    /// <param name="argument">The options.</param>
    /// <param name="input">Ends the run when it ends.</param>
    /// <param name="output">Receives the lines.</param>
    public static async Task<int> RunAsync(string argument, TextReader input, TextWriter output)
    {
        var options = DocumentOptions.Read(argument);
        using var authority = X509Certificate2.CreateFromPem(options.Authority);
        using var http = new HttpClient(Handler(options, authority)) { BaseAddress = options.Address, Timeout = options.Patience };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("appstack-drill");
        var gate = new Lock();
        var stopped = input.ReadToEndAsync();
        var running = new List<Task>();
        var interval = TimeSpan.FromSeconds(1 / options.Rate);
        using var timer = new PeriodicTimer(interval);
        Write(Ready);
        for (var number = 0; !stopped.IsCompleted && await timer.WaitForNextTickAsync(); number++)
        {
            running.RemoveAll(task => task.IsCompleted);
            running.Add(OneAsync($"{options.Prefix}{number.ToString(CultureInfo.InvariantCulture)}"));
        }

        await Task.WhenAll(running);
        return 0;

        async Task OneAsync(string key)
        {
            var start = MonotonicClock.NowMicros;
            var (code, issueFailure) = await IssueAsync(http, key);
            var sample = new DocumentSample { Key = key, IssueStartMicros = start, IssueEndMicros = MonotonicClock.NowMicros, Code = code, IssueFailure = issueFailure };
            if (code is not null)
            {
                var verifyFailure = await VerifyAsync(http, code);
                sample = sample with { VerifyEndMicros = MonotonicClock.NowMicros, VerifyFailure = verifyFailure };
            }

            Write(JsonSerializer.Serialize(sample));
        }

        void Write(string line)
        {
            lock (gate)
            {
                output.WriteLine(line);
                output.Flush();
            }
        }
    }

    private static SocketsHttpHandler Handler(DocumentOptions options, X509Certificate2 authority) => new()
    {
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        ConnectTimeout = TimeSpan.FromSeconds(3),
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Parse(options.ConnectTo), context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        SslOptions = new()
        {
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck },
        },
    };

    private static async Task<(string? Code, string? Failure)> IssueAsync(HttpClient http, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/declarations")
        {
            Content = JsonContent.Create(new
            {
                type = "solemn-declaration",
                firstName = "Maria",
                lastName = "Papadopoulou",
                taxNumber = TaxNumber,
                recipient = "Ministry of Examples",
                text = $"Drill {key}",
            }),
        };
        request.Headers.Add("Idempotency-Key", key);
        string? code = null;
        var failure = await TryAsync(async () =>
        {
            using var response = await http.SendAsync(request);
            if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            {
                return Status(response);
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            code = document.RootElement.GetProperty("code").GetString();
            return null;
        });
        return (code, failure);
    }

    private static Task<string?> VerifyAsync(HttpClient http, string code) => TryAsync(async () =>
    {
        using var response = await http.GetAsync(new Uri($"/api/verifications/{code}", UriKind.Relative));
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Status(response);
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("valid").GetBoolean() ? null : "not-valid";
    });

    private static string Status(HttpResponseMessage response) => $"status-{(int)response.StatusCode}";

    private static async Task<string?> TryAsync(Func<Task<string?>> request)
    {
        try
        {
            return await request();
        }
        catch (HttpRequestException exception)
        {
            return exception.HttpRequestError.ToString();
        }
        catch (OperationCanceledException)
        {
            return "timeout";
        }
        catch (JsonException)
        {
            return "no-json";
        }
    }
}
