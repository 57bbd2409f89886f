package dev.exposit.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When two models mean the same. */
class CanonicalModelTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'value':'1'} | {'value':'1.0'}",
                "{'value':'0.1'} | {'value':'1e-1'}",
                "{'value':'9007199254740993'} | {'value':'9007199254740992'}",
                "{'value':'NaN'} | {'value':'NaN'}",
                "{'value':'1','timestamp':'5'} | {'value':'1','timestamp':'5.000'}",
                "{'value':'1'} | {'value':'1','exemplars':[]}",
                "{'states':[['a',true],['b',false]]} | {'states':[['b',false],['a',true]]}",
                "{'histogram':{'count':'1'}} | {'histogram':{'count':'1','buckets':[]}}",
                "{'histogram':{'buckets':[{'le':'1','count':'1'}]}} | {'histogram':{'buckets':[{'count':'1','le':'1.0'}]}}",
            })
    void same(String one, String other) throws IOException {
        assertThat(CanonicalModel.of(point(one), false)).isEqualTo(CanonicalModel.of(point(other), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'value':'1'} | {'value':'2'}",
                "{'value':'0'} | {'value':'-0'}",
                "{'value':'+Inf'} | {'value':'-Inf'}",
                "{'value':'1'} | {'value':'1','timestamp':'0'}",
                "{'value':'1','timestamp':'5.000000001'} | {'value':'1','timestamp':'5.000000002'}",
                "{'value':'1','timestamp':'5'} | {'value':'1','startTimestamp':'5'}",
                "{'value':'1'} | {'raw':{'name':'a','value':'1'}}",
                "{'value':'1'} | {'info':true}",
                "{'states':[['a',true]]} | {'states':[['a',false]]}",
                "{'summary':{'count':'1'}} | {'summary':{'sum':'1'}}",
                "{'summary':{'quantiles':[{'quantile':'0','value':'1'}]}} | {'summary':{}}",
                "{'value':'1','exemplars':[{'value':'1'}]} | {'value':'1','exemplars':[{'value':'2'}]}",
                "{'histogram':{'native':{'schema':1}}} | {'histogram':{'native':{'schema':2}}}",
                "{'histogram':{'native':{'positive':{'spans':[[0,1]],'counts':['1']}}}}"
                        + "| {'histogram':{'native':{'negative':{'spans':[[0,1]],'counts':['1']}}}}",
            })
    void different(String one, String other) throws IOException {
        assertThat(CanonicalModel.of(point(one), false)).isNotEqualTo(CanonicalModel.of(point(other), false));
    }

    @Test
    void spellingsOfBoundsCountIfAskedFor() throws IOException {
        JsonNode one = point("{'histogram':{'buckets':[{'le':'1','count':'1'}]}}");
        JsonNode other = point("{'histogram':{'buckets':[{'le':'1.0','count':'1'}]}}");
        assertThat(CanonicalModel.of(one, true)).isNotEqualTo(CanonicalModel.of(other, true));
    }

    @Test
    void labelsWithEmptyValuesCountIfAskedFor() throws IOException {
        JsonNode one = json("[{'name':'a','metrics':[{'labels':[['b','']]}]}]");
        JsonNode other = json("[{'name':'a','metrics':[{}]}]");
        assertThat(CanonicalModel.of(one, false)).isEqualTo(CanonicalModel.of(other, false));
        assertThat(CanonicalModel.of(one, true)).isNotEqualTo(CanonicalModel.of(other, true));
    }

    @Test
    void orderOfFamiliesMetricsAndLabelsSaysNothing() throws IOException {
        JsonNode one = json("[{'name':'a'},{'name':'b','metrics':[{'labels':[['c','1'],['d','2']]},{'labels':[]}]}]");
        JsonNode other = json("[{'name':'b','metrics':[{},{'labels':{'d':'2','c':'1'}}]},{'name':'a','help':''}]");
        assertThat(CanonicalModel.of(one, true)).isEqualTo(CanonicalModel.of(other, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'value':1}",
                "{'value':'x'}",
                "{'value':'Infinity'}",
                "{'value':'1f'}",
                "{'value':'1','timestamp':'1e9'}",
                "{'value':'1','time':'5'}",
                "{'value':'1','timestamp':'NaN'}",
                "{'histogram':'1'}",
                "{'summary':{'quantiles':{}}}",
                "5"
            })
    void noModel(String point) throws IOException {
        JsonNode families = point(point);
        assertThatThrownBy(() -> CanonicalModel.of(families, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode point(String point) throws IOException {
        return json("[{'name':'a','metrics':[{'points':[" + point + "]}]}]");
    }

    private static JsonNode json(String text) throws IOException {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
