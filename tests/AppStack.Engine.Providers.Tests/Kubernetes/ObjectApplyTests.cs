using System.Net;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ObjectApplyTests
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Path = "/api/v1/namespaces/default/configmaps/settings";
    private const string Made = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"default","uid":"u1"},"data":{"a":"1"}}""";

    [Fact]
    public async Task It_is_applied_by_a_manager_that_follows_from_the_urn_and_the_state_has_the_official_form()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made);
        var resource = await cluster.New(ConfigMap).CreateAsync(Inputs());

        Assert.Equal("default/settings", resource.Id);
        Assert.Equal("v1", resource.Text("__initialApiVersion"));
        Assert.Matches("^pulumi-kubernetes-[0-9a-f]{8}$", resource.Text("__fieldManager"));
        Assert.Equal(resource.Inputs, resource.Outputs.MapAt("__inputs"));
        Assert.Equal("u1", resource.Outputs.TextAt("metadata", "uid"));
        Assert.Equal($"PATCH {Path}?fieldManager={resource.Text("__fieldManager")}&force=false", cluster.Api.Lines[^1]);
        Assert.Equal("""{"apiVersion":"v1","data":{"a":"1"},"kind":"ConfigMap","metadata":{"name":"settings","namespace":"default"}}""", cluster.Api.Requests.Last().Body);
    }

    [Fact]
    public async Task What_is_secret_goes_in_clear_to_the_server_and_comes_back_secret()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made);
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings"}}""").With("data", PropertyValue.Of(PropertyMap.Of(("a", PropertyValue.Of("1").AsSecret())))));

        Assert.Contains("\"a\":\"1\"", cluster.Api.Requests.Last().Body, StringComparison.Ordinal);
        Assert.IsType<PropertyValue.Secret>(((PropertyValue.Map)resource.Outputs["data"]).Members["a"]);
        Assert.True(((PropertyValue.Map)resource.Outputs["__inputs"]).Members["data"].ContainsSecrets);
    }

    [Fact]
    public async Task The_data_of_a_secret_is_always_secret()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On("PATCH /api/v1/namespaces/default/secrets/s", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"default"},"data":{"a":"MQ=="}}""");
        var resource = await cluster.New("kubernetes:core/v1:Secret").CreateAsync(Json.Map("""{"metadata":{"name":"s"},"stringData":{"a":"1"}}"""));

        Assert.True(resource.IsSecret("data"));
        Assert.IsType<PropertyValue.Secret>(((PropertyValue.Map)resource.Outputs["__inputs"]).Members["stringData"]);
    }

    [Theory]
    [InlineData(409, "Conflict", "FieldManagerConflict", ".data.a", "conflict with \"kubectl-edit\" using v1", "fields belong to other field managers: data.a (kubectl-edit). Leave them out of the program")]
    [InlineData(422, "Invalid", "FieldValueInvalid", "metadata.name", "Invalid value: \"A\": must be lower case", "the API server rejects it: metadata.name: Invalid value: \"A\": must be lower case")]
    [InlineData(403, "Forbidden", "", "", "", "configmaps \"settings\" is forbidden: no (the kubeconfig's user lacks the permission)")]
    [InlineData(401, "Unauthorized", "", "", "", "does not accept the credentials of the kubeconfig's context 'gov'")]
    public async Task A_refusal_says_field_message_and_owner(int code, string reason, string cause, string field, string message, string expected)
    {
        using var cluster = await Cluster.RecordedAsync();
        (string, string, string)[] causes = cause.Length == 0 ? [] : [(cause, field, message)];
        cluster.Api.On($"PATCH {Path}", RecordedApi.Status(code, reason, "configmaps \"settings\" is forbidden: no", causes), (HttpStatusCode)code);

        var exception = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(Inputs()));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
    }

    [Fact]
    public async Task A_webhook_that_is_down_is_named_as_such()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On(
            $"PATCH {Path}",
            RecordedApi.Status(400, "BadRequest", "Internal error occurred: failed calling webhook \"policy.gov.example\": dial tcp 127.0.0.1:9: connect: connection refused"),
            HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(Inputs()));

        Assert.StartsWith("an admission webhook does not answer: Internal error occurred: failed calling webhook \"policy.gov.example\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_not_repeated_in_an_error()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", RecordedApi.Status(422, "Invalid", "x", ("FieldValueInvalid", "data", "Invalid value: \"top-secret-text\": no")), HttpStatusCode.UnprocessableEntity);
        var inputs = Json.Map("""{"metadata":{"name":"settings"}}""").With("data", PropertyValue.Of(PropertyMap.Of(("a", PropertyValue.Of("top-secret-text").AsSecret()))));

        var exception = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(inputs));

        Assert.Contains("Invalid value: \"[secret]\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_is_tried_again()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", "overloaded", HttpStatusCode.ServiceUnavailable).On($"PATCH {Path}", Made);

        Assert.Equal("default/settings", (await cluster.New(ConfigMap).CreateAsync(Inputs())).Id);
        Assert.Equal(2, cluster.Api.Lines.Count(line => line.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_namespace_that_is_made_at_the_same_moment_is_waited_for()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", RecordedApi.Status(404, "NotFound", "namespaces \"default\" not found"), HttpStatusCode.NotFound).On($"PATCH {Path}", Made);

        var resource = await cluster.New(ConfigMap).CreateAsync(Inputs());

        Assert.Equal(["waiting until the namespace default exists"], resource.Log.Statuses);
    }

    [Fact]
    public async Task What_the_server_warns_of_is_shown_unless_that_is_switched_off()
    {
        using var loud = await Cluster.RecordedAsync();
        using var quiet = await Cluster.RecordedAsync(("suppressDeprecationWarnings", PropertyValue.Of(value: true)));
        foreach (var cluster in new[] { loud, quiet })
        {
            cluster.Api.On($"PATCH {Path}", Made, warning: "policy/v1beta1 is deprecated");
        }

        Assert.Equal(["policy/v1beta1 is deprecated"], (await loud.New(ConfigMap).CreateAsync(Inputs())).Log.Lines);
        Assert.Empty((await quiet.New(ConfigMap).CreateAsync(Inputs())).Log.Lines);
    }

    [Fact]
    public async Task A_preview_asks_without_keeping_the_result()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made);

        var outputs = await cluster.New(ConfigMap).PreviewAsync(Inputs());

        Assert.Equal("u1", outputs.TextAt("metadata", "uid"));
        Assert.EndsWith("&force=true&dryRun=All", cluster.Api.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "NotFound", "namespaces \"default\" not found")]
    [InlineData(403, "Forbidden", "may not")]
    [InlineData(400, "BadRequest", "admission webhook \"x\" does not support dry run")]
    public async Task What_a_preview_cannot_tell_is_what_the_program_says(int code, string reason, string message)
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", RecordedApi.Status(code, reason, message), (HttpStatusCode)code);
        var resource = cluster.New(ConfigMap);

        Assert.Equal(await resource.CheckAsync(Inputs()), await resource.PreviewAsync(Inputs()));
    }

    [Fact]
    public async Task A_preview_without_a_cluster_works_and_says_so_once()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.IsAway = true;
        var resource = cluster.New(ConfigMap);

        Assert.Equal("1", (await resource.PreviewAsync(Inputs())).TextAt("data", "a"));
        await resource.PreviewAsync(Inputs());

        Assert.Contains("10.0.0.1", Assert.Single(resource.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_with_a_value_that_is_not_known_asks_nobody()
    {
        using var cluster = await Cluster.RecordedAsync();
        var inputs = Inputs().With("data", PropertyValue.Unknown.Instance);

        Assert.True((await cluster.New(ConfigMap).PreviewAsync(inputs)).ContainsUnknowns);
        Assert.Empty(cluster.Api.Lines);
    }

    [Fact]
    public async Task What_is_ignored_and_owned_by_others_is_not_spoken_of()
    {
        using var cluster = await Cluster.RecordedAsync();
        const string live = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"default","managedFields":[{"manager":"scaler","fieldsV1":{"f:data":{"f:a":{}}}},{"manager":"mine","fieldsV1":{"f:data":{"f:b":{}}}}]},"data":{"a":"9","b":"8"}}""";
        cluster.Api.On($"GET {Path}", live).On($"PATCH {Path}", live);
        var inputs = Json.Map("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"default","annotations":{"pulumi.com/patchFieldManager":"mine"}},"data":{"a":"1","b":"2"}}""");

        await cluster.Provider.UpdateAsync(
            new UpdateRequest("urn:pulumi:s::p::t::res", ConfigMap, "default/settings", inputs, PropertyMap.Empty.With("kind", PropertyValue.Of("ConfigMap")), inputs, ["data.a", "data.b"], Timeout: null, Preview: false, new Common.RecordingLog()),
            default);

        Assert.Contains("\"data\":{\"b\":\"8\"}", cluster.Api.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_is_not_served_is_said_to_be()
    {
        using var cluster = await Cluster.RecordedAsync();
        using var impatient = new CancellationTokenSource();
        var log = new Common.RecordingLog { OnStatus = _ => impatient.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.New("kubernetes:gov.example/v1:Site").CreateAsync(Json.Map("""{"metadata":{"name":"a"}}"""), log: log, cancellationToken: impatient.Token));

        Assert.Equal(["waiting until the API server knows the kind Site of gov.example/v1"], log.Statuses);
    }

    private static PropertyMap Inputs() => Json.Map("""{"metadata":{"name":"settings"},"data":{"a":"1"}}""");
}
