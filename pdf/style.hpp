#pragma once
#include "pdf/text.hpp"

/// Every measure of the page in one place, in points (1/72 inch).
namespace intake::pdf::style {

// US Letter. A three-hole punch takes 0.36 to 0.64 inch from the left edge, or from the right on a
// sheet's back.
constexpr float page_width_pt = 612;
constexpr float page_height_pt = 792;
constexpr float margin_side_pt = 54;
constexpr float margin_top_pt = 36;
constexpr float margin_bottom_pt = 34;
constexpr float content_width_pt = page_width_pt - 2 * margin_side_pt;
constexpr float block_gap_pt = 8;

// Dark enough to tell apart on a grey printer: luminance 0, 0.2, 0.35; lines and fills are light.
constexpr ink black{0, 0, 0};
constexpr ink accent{0.05F, 0.22F, 0.34F};
constexpr ink quiet{0.33F, 0.33F, 0.33F};
constexpr ink hairline{0.78F, 0.78F, 0.78F};
constexpr ink tint{0.95F, 0.95F, 0.95F};
constexpr ink white{1, 1, 1};

/// A style for what every patient's copy says.
constexpr text_style of_form(float size_pt, weight drawn_as, ink colour) {
  return {size_pt, drawn_as, colour, direction::automatic, wording::of_form};
}

constexpr text_style letterhead = of_form(16, weight::bold, accent);
constexpr text_style letterhead_line = of_form(9, weight::regular, quiet);
constexpr text_style banner_name{12, weight::bold, black};
constexpr text_style banner_label = of_form(8.5F, weight::regular, quiet);
constexpr text_style banner_value{8.5F, weight::bold, black};
constexpr text_style footer{8, weight::regular, quiet};
constexpr text_style evaluation = of_form(9, weight::bold, black);

constexpr text_style title = of_form(19, weight::bold, accent);
constexpr text_style section = of_form(13, weight::bold, accent);
constexpr text_style group = of_form(10.5F, weight::bold, black);
constexpr text_style heading_own_words = of_form(9.5F, weight::regular, quiet);
constexpr text_style body{10, weight::regular, black};
constexpr text_style body_quiet{9, weight::regular, quiet};
constexpr text_style body_strong{10, weight::bold, black};

constexpr text_style question = of_form(9.5F, weight::regular, quiet);
constexpr text_style answer{10.5F, weight::regular, black};
constexpr text_style answer_strong{10.5F, weight::bold, black};
constexpr text_style own_words = of_form(8.5F, weight::regular, quiet);
constexpr text_style answer_own_words{8.5F, weight::regular, quiet};
constexpr text_style no_answer = of_form(9.5F, weight::regular, quiet);
constexpr text_style not_told = of_form(9.5F, weight::bold, quiet);
constexpr float question_share = 0.43F;
constexpr std::size_t long_answer_bytes = 420;
constexpr float column_gap_pt = 14;
constexpr float row_padding_pt = 3.2F;

constexpr text_style table_header = of_form(8.5F, weight::bold, quiet);
constexpr text_style table_cell{9.5F, weight::regular, black};
constexpr float repeated_header_max_pt = 144;

constexpr text_style contents_entry = of_form(9.5F, weight::regular, black);
constexpr text_style contents_page{9.5F, weight::bold, accent};
constexpr float contents_page_width_pt = 30;

constexpr text_style body_number{7, weight::bold, black};
constexpr text_style body_caption{8, weight::regular, quiet};
constexpr float body_height_pt = 116;

constexpr text_style fact_label = of_form(8, weight::regular, quiet);
constexpr text_style fact_value{10, weight::regular, black};

constexpr text_style flowing_label = of_form(8.5F, weight::regular, quiet);
constexpr text_style flowing_value{9.5F, weight::regular, black};
constexpr float flowing_gap_pt = 14;
constexpr float label_gap_pt = 3;

constexpr text_style notice_title{11, weight::bold, black};
constexpr text_style notice_line{9.5F, weight::regular, black};
constexpr float box_padding_pt = 8;
constexpr float symbol_pt = 17;

constexpr float rule_pt = 0.5F;
constexpr float border_pt = 0.9F;

}  // namespace intake::pdf::style
