using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AppStack.Testing;
using Dilosi.Api;
using Microsoft.AspNetCore.Builder;

namespace Dilosi.Tests;

/// <summary>The whole service, over HTTP, with a real PostgreSQL behind it or none at all.</summary>
public sealed class ServiceTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private PostgresServer? _server;
    private WebApplication? _application;
    private HttpClient _http = new();
    private int _operationsPort;

    public async Task InitializeAsync()
    {
        if (!PostgresServer.IsInstalled)
        {
            return;
        }

        _server = await PostgresServer.StartAsync("127.0.0.1", PostgresServer.FreePort(), _authority);
        await _server.SqlAsync("postgres", "CREATE ROLE dilosi LOGIN PASSWORD 'for a test only'; CREATE DATABASE dilosi OWNER dilosi;");
        foreach (var migration in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "migrations")).Order(StringComparer.Ordinal))
        {
            await _server.SqlAsync("dilosi", "SET ROLE dilosi;\n" + await File.ReadAllTextAsync(migration));
        }

        await StartAsync(_server.Port, TimeSpan.FromSeconds(10));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task A_declaration_is_issued_once_found_and_verified()
    {
        var first = await IssueAsync("key-of-a-test");
        var again = await IssueAsync("key-of-a-test");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        var code = await CodeAsync(first);
        Assert.Equal(code, await CodeAsync(again));
        Assert.Contains("Papadopoulou", await _http.GetStringAsync(new Uri($"/api/documents/{code}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"valid\":true", await _http.GetStringAsync(new Uri($"/api/verifications/{code}", UriKind.Relative)), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task The_same_key_for_another_declaration_is_refused()
    {
        await IssueAsync("key-of-two-tests");

        var other = await IssueAsync("key-of-two-tests", Requests.Complete with { Text = "I am there." });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [PostgresFact]
    public async Task The_platform_sees_readiness_and_metrics_on_a_port_that_citizens_do_not_reach()
    {
        await IssueAsync("key-of-metrics");

        Assert.Equal("ok\n", await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_operationsPort}/readyz")));
        Assert.Contains("dilosi_documents_issued", await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_operationsPort}/metrics")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
    }

    [PostgresFact]
    public async Task A_database_that_stays_away_is_503_and_when_to_come_back_and_the_key_still_counts()
    {
        var before = await CodeAsync(await IssueAsync("key-before-the-end"));
        await _application!.DisposeAsync();
        await StartAsync(PostgresServer.FreePort(), TimeSpan.FromMilliseconds(200));

        var away = await IssueAsync("key-before-the-end");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), away.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _http.GetAsync(new Uri($"http://127.0.0.1:{_operationsPort}/readyz"))).StatusCode);
        await _application.DisposeAsync();
        await StartAsync(_server!.Port, TimeSpan.FromSeconds(10));
        Assert.Equal(before, await CodeAsync(await IssueAsync("key-before-the-end")));
    }

    private async Task StartAsync(int databasePort, TimeSpan retryFor)
    {
        var folder = Directory.CreateTempSubdirectory("dilosi-").FullName;
        var (password, authority) = (Path.Combine(folder, "password"), Path.Combine(folder, "ca.crt"));
        await File.WriteAllTextAsync(password, "for a test only\n");
        await File.WriteAllTextAsync(authority, _authority.Certificate);
        var port = PostgresServer.FreePort();
        do
        {
            _operationsPort = PostgresServer.FreePort();
        }
        while (_operationsPort == port);

        _application = DilosiApplication.Build(
        [
            $"--Dilosi:Database=Host=127.0.0.1;Port={databasePort};Database=dilosi;Username=dilosi;SSL Mode=VerifyFull;Root Certificate={authority}",
            $"--Dilosi:PasswordFile={password}", $"--Dilosi:Port={port}", $"--Dilosi:OperationsPort={_operationsPort}", $"--Dilosi:RetryFor={retryFor}",
        ]);
        await _application.StartAsync();
        _http.Dispose();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    private async Task<HttpResponseMessage> IssueAsync(string key, DeclarationRequest? declaration = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/declarations") { Content = JsonContent.Create(declaration ?? Requests.Complete) };
        request.Headers.Add("Idempotency-Key", key);
        return await _http.SendAsync(request);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("code").GetString()!;
    }
}
