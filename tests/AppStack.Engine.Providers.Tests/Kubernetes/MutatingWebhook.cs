using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>A real admission webhook on 127.0.0.1, which changes every object in the same way.</summary>
internal sealed class MutatingWebhook : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly string _patch;
    private readonly WebApplication _server;
    private int _calls;

    private MutatingWebhook(string patch)
    {
        _patch = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch));
        var (certificate, key) = _authority.Issue("127.0.0.1");
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        var served = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(served)));
        _server = builder.Build();
        _server.MapPost("/", ReviewAsync);
    }

    /// <summary>How often it was asked.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Starts one.</summary>
    /// <param name="patch">What it does to objects: a JSON patch.</param>
    public static async Task<MutatingWebhook> StartAsync(string patch)
    {
        var webhook = new MutatingWebhook(patch);
        await webhook._server.StartAsync();
        return webhook;
    }

    /// <summary>What makes an API server ask it about the ConfigMaps of a namespace, which has the label <c>webhook</c> with its own name.</summary>
    public PropertyMap Configuration(string space)
    {
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(_authority.Certificate));
        return Json.Map($$$"""
            {"webhooks":[{"name":"change.appstack.test","admissionReviewVersions":["v1"],"sideEffects":"None","failurePolicy":"Fail",
              "clientConfig":{"url":"{{{address}}}/","caBundle":"{{{authority}}}"},
              "namespaceSelector":{"matchLabels":{"webhook":"{{{space}}}"}},
              "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE","UPDATE"],"resources":["configmaps"]}]}]}
            """);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    private async Task<IResult> ReviewAsync(HttpRequest request)
    {
        using var review = await JsonDocument.ParseAsync(request.Body);
        var uid = review.RootElement.GetProperty("request").GetProperty("uid").GetString();
        Interlocked.Increment(ref _calls);
        return Results.Content(
            $$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{{uid}}}","allowed":true,"patchType":"JSONPatch","patch":"{{{_patch}}}"}}""",
            "application/json");
    }
}
